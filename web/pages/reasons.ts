/** What the person who wrote is told about the rule that decided, and about what comes next. Shared with the page's script. */
export const REASONS: Readonly<Record<string, string>> = {
  'first-time':
    'It is your first here, and a person reads every first comment before it appears. After that you are known.',
  'links.some': 'It has more than two links, so a person looks at it before it appears.',
  'links.many':
    'It has more links than a comment usually needs, so it was put where spam goes. A person can still fetch it back.',
  'author.unproven':
    'It bears the name or address of one of our authors, and anyone can type those: a person checks first.',
  'person.blocked': 'A moderator has asked to look at everything from this address first.',
  other: 'One of our rules asked for a second look, so a person reads it before it appears.',
};

export const reasonFor = (reason: string | null) => REASONS[reason ?? 'other'] ?? REASONS.other ?? '';
