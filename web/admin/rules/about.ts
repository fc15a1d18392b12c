import type { Reason, RULES } from '../../../functions/domain/rules.ts';

export type Decided = (typeof RULES)[Reason][0];

interface About {
  reason: Reason;
  status: Decided;
  what: string;
}

/** Each rule in the order in which they are asked. */
export const ABOUT: readonly About[] = [
  about('person.blocked', 'spam', 'Whoever a moderator blocked, by “Block” beside what they wrote.'),
  about('block.address', 'spam', 'Whoever gives one of these e-mail addresses.'),
  about(
    'trap.filled',
    'spam',
    'A field of the form that people do not see, and programs fill in, has something in it.',
  ),
  about('links.many', 'spam', 'Far more links than a conversation needs.'),
  about('block.domain', 'spam', 'A link, or the writer’s website, leads to one of these sites.'),
  about(
    'author.unproven',
    'pending',
    'The address is an author’s. Anybody can type it; authors answer here, signed in.',
  ),
  about('author.lookalike', 'pending', 'The name is an author’s, or could be mixed up with it.'),
  about('block.word', 'pending', 'One of these words is in the name, the website or the text.'),
  about('links.some', 'pending', 'More links than most people put into a comment.'),
  about('long', 'pending', 'More characters than this, as they are read.'),
  about('first-time', 'pending', 'Nothing from this browser, under this address, was let in yet.'),
  about('proof.hasty', 'pending', 'Sent by a script, sooner than a person could have written it.'),
  about('proof.missing', 'pending', 'Sent without the small proof of work that a page does by itself.'),
];

function about<R extends Reason>(reason: R, status: (typeof RULES)[R][0], what: string): About {
  return { reason, status, what };
}
