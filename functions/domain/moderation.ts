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

/** Who made a step that no person decided about. */
export const BY_RULES = 'rules';

/** Whether a person let it in at some time: trust hangs on that. */
export const isVouchedFor = (moves: readonly Move[]): boolean =>
  moves.some(({ to, by }) => to === 'approved' && by !== BY_RULES);

/** One step in a comment's life: who made it, when, and by which rule, if a rule it was. */
export interface Move {
  to: Status;
  by: string;
  at: string;
  rule: string | null;
}
