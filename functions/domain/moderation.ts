import { RuleError } from './errors.ts';

export type Status = 'pending' | 'approved' | 'spam' | 'rejected' | 'removed';

/** Which status may follow which. */
export const MOVES = {
  pending: ['approved', 'spam', 'rejected'],
  approved: ['pending', 'spam', 'removed'],
  spam: ['approved', 'pending', 'rejected'],
  rejected: ['pending', 'spam'],
  removed: [],
} as const satisfies Record<Status, readonly Status[]>;

/** Throws RuleError 'comment.move' {from, to} unless MOVES has it. */
export function checkMove(from: Status, to: Status): void {
  const allowed: readonly Status[] = MOVES[from];
  if (!allowed.includes(to)) throw new RuleError('comment.move', { from, to });
}

/** One step in a comment's life: who made it, when, and by which rule, if a rule it was. */
export interface Move {
  to: Status;
  by: string;
  at: string;
  rule: string | null;
}

/** What the rules may look at. */
export interface Evidence {
  links: number;
  /** Sent with an author's token. */
  author: boolean;
  /** The address or the name is an author's, and nothing proves it. */
  claimsAuthor: boolean;
  /** A moderator wants to hear no more of this person. */
  blocked: boolean;
  /** Approved before, and proved by the reader cookie of that comment. */
  trusted: boolean;
}

export interface Verdict {
  status: 'approved' | 'pending' | 'spam';
  /** The rule that decided; null when nothing spoke against it. */
  reason: Reason | null;
}

export type Reason = 'person.blocked' | 'links.many' | 'author.unproven' | 'links.some' | 'first-time';

const RULES: readonly { reason: Reason; status: 'pending' | 'spam'; holds: (evidence: Evidence) => boolean }[] = [
  { reason: 'person.blocked', status: 'spam', holds: ({ blocked }) => blocked },
  { reason: 'links.many', status: 'spam', holds: ({ links }) => links > 10 },
  { reason: 'author.unproven', status: 'pending', holds: ({ claimsAuthor }) => claimsAuthor },
  { reason: 'links.some', status: 'pending', holds: ({ links }) => links > 2 },
  { reason: 'first-time', status: 'pending', holds: ({ trusted }) => !trusted },
];

/** The first rule that holds decides. */
export function judge(evidence: Evidence): Verdict {
  if (evidence.author) return { status: 'approved', reason: null };
  const rule = RULES.find(({ holds }) => holds(evidence));
  return rule ? { status: rule.status, reason: rule.reason } : { status: 'approved', reason: null };
}
