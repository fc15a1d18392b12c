import type { Move } from '../domain/moderation.ts';
import { underPolicy } from '../domain/under-policy.ts';
import type { Found } from '../table/comment-items.ts';
import { move, type Seen } from '../table/moves.ts';
import { answerReports } from '../table/reports.ts';
import type { Table } from '../table/table.ts';

/**
 * A person's verdict on one comment, which answers what readers reported of it: given again after a crash between the two,
 * it finds the comment moved, and answers. Null: there is no such comment. Throws RuleError 'comment.move' or 'comment.moved'.
 */
export async function decide(
  table: Table,
  id: string,
  to: Move,
  terms: { seen?: Seen; refusedDays: number | null },
): Promise<Found | null> {
  const found = await move(table, id, to, { ...terms, anew: underPolicy });
  if (found?.at) await answerReports(table, found.post, found.at);
  return found;
}
