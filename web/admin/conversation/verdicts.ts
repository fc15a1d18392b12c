import type { MOVES } from '../../../functions/domain/moderation.ts';
import type { Reason } from '../../../functions/domain/rules.ts';
import type { Status } from './held.ts';

export interface Verdict {
  to: Status;
  name: string;
  key: string;
  /** Said once it is given. */
  done: string;
  /** It cannot be undone, so it is asked about first. */
  final?: true;
}

const APPROVE = { to: 'approved', name: 'Approve', key: 'a', done: 'Approved' } as const;
const KEEP = { to: 'approved', name: 'Keep', key: 'a', done: 'Kept' } as const;
const REJECT = { to: 'rejected', name: 'Reject', key: 'r', done: 'Rejected' } as const;
const SPAM = { to: 'spam', name: 'Spam', key: 's', done: 'Marked as spam' } as const;
const WAIT = { to: 'pending', name: 'Hold', key: 'h', done: 'Back among what waits' } as const;
const REMOVE = { to: 'removed', name: 'Remove…', key: 'd', done: 'Removed', final: true } as const;

type Allowed = { [From in Status]: readonly (Verdict & { to: (typeof MOVES)[From][number] })[] };

/** In the order of the buttons; the compiler holds it to what the domain allows. */
const BY_STATUS = {
  pending: [APPROVE, REJECT, SPAM],
  approved: [WAIT, SPAM, REMOVE],
  spam: [APPROVE, REJECT, WAIT],
  rejected: [WAIT, SPAM],
  removed: [],
} as const satisfies Allowed;

/** What a moderator may do with a comment; keeping one answers its reports. */
export const verdictsOn = (status: Status, isReported = false): readonly Verdict[] =>
  isReported && status === 'approved' ? [KEEP, ...BY_STATUS.approved] : BY_STATUS[status];

export const WORDS: Readonly<Record<Status, string>> = {
  pending: 'waiting',
  approved: 'published',
  spam: 'spam',
  rejected: 'rejected',
  removed: 'removed',
};

/** The rule that held it, as a moderator knows it. */
const RULE_NAMES: Readonly<Record<string, string>> = {
  'person.blocked': 'Blocked person',
  'block.address': 'Blocked address',
  'trap.filled': 'Filled the hidden field',
  'links.many': 'Many links',
  'block.domain': 'Links to a blocked site',
  'author.unproven': 'Bears an author’s name or address',
  'author.lookalike': 'Name looks like an author’s',
  'block.word': 'Has a blocked word',
  'links.some': 'Some links',
  long: 'Long',
  'first-time': 'First comment here',
  'proof.hasty': 'Faster than people type',
  'proof.missing': 'No proof of work',
  reported: 'Reported by readers',
  opinion: 'Waits for another service’s opinion',
  'opinion.spam': 'Spam, another service says',
} satisfies Record<Reason | 'reported' | 'opinion' | 'opinion.spam', string>;

export const ruleOf = (reason: string): string => RULE_NAMES[reason] ?? `Rule ${reason}`;
