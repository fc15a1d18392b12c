/** What the person who wrote is told about the rule that decided, and about what comes next. Shared with the page's script. */
export const REASONS: Readonly<Record<string, string>> = {
  'first-time':
    'It is your first here, and a person reads every first comment before it appears. After that you are known.',
  'links.some': 'It has several links, so a person looks at it before it appears.',
  'links.many':
    'It has more links than a comment usually needs, so it was put where spam goes. A person can still fetch it back.',
  'author.unproven':
    'It bears the name or address of one of our authors, and anyone can type those: a person checks first.',
  'person.blocked': 'A moderator has asked to look at everything from this address first.',
  'author.lookalike':
    'The name looks like that of one of our authors, so a person checks that nobody mixes the two up.',
  'block.address': 'A moderator has asked to look at everything from this address first.',
  'block.domain':
    'It leads to a site that advertised here before, so it was put where spam goes. A person can still fetch it back.',
  'block.word': 'It has a word that is often in advertising, so a person reads it before it appears.',
  long: 'It is a long one, so a person takes the time to read it before it appears.',
  'proof.missing':
    'Your browser did not show that a person was writing, so one of ours looks at it before it appears. That is no fault of yours.',
  'proof.hasty': 'It came faster than most people type, so a person looks at it before it appears.',
  opinion: 'Another service is asked whether it is advertising. Until it says no, it waits for a person.',
  'opinion.spam':
    'Another service took it for advertising, so it was put where spam goes. A person can still fetch it back.',
  reported: 'Readers asked us to look at it again, so it waits until a person has.',
  'trap.filled':
    'A field that people do not see was filled in, which programs do; a person can still fetch it back. If your browser fills in forms by itself, that may be why.',
  other: 'One of our rules asked for a second look, so a person reads it before it appears.',
};

export const reasonFor = (reason: string | null) => REASONS[reason ?? 'other'] ?? REASONS.other ?? '';
