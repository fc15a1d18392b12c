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
