import { WRITER } from '../domain/editing.ts';
import type { Move } from '../domain/moderation.ts';
import { REFUSED_DAYS } from '../domain/retention.ts';
import type { SafeHtml } from '../domain/sanitize.ts';
import type { Found, Said } from './comment-items.ts';
import { seatKey, waitKey } from './keys.ts';
import { completeSeat, follow, forgetWords, transition } from './moves.ts';
import type { Table } from './table.ts';

/** Other words for a comment, and who gave them. */
export interface Edit {
  html: SafeHtml;
  source: string;
  policy: string;
  removed: string[];
  by: string;
  at: string;
}

/**
 * Access pattern `edit`: UpdateItem of WAIT or of the seat, conditional on `ver`. What its writer sent is kept through
 * every edit. False: somebody else changed it since it was read.
 */
export async function edit(table: Table, comment: Found, { by, at, ...words }: Edit): Promise<boolean> {
  const original = comment.edited?.original ?? comment.source;
  const key = comment.at ? seatKey(comment.post, comment.at) : waitKey(comment.id);
  const edited = await table.update(key, {
    set: 'html = :html, #source = :source, #policy = :policy, removed = :removed, edited = :edited, ver = ver + :one',
    condition: 'ver = :ver AND #status = :status',
    names: { '#source': 'source', '#policy': 'policy', '#status': 'status' },
    values: {
      ':html': words.html,
      ':source': words.source,
      ':policy': words.policy,
      ':removed': words.removed,
      ':edited': { by, at, original },
      ':one': 1,
      ':ver': comment.ver,
      ':status': comment.status,
    },
  });
  return edited !== null;
}

/** The words that a comment's writer gives it, and the status and reason that the rules give those. */
export type Reworded = Pick<Said, 'html' | 'source' | 'policy' | 'removed' | 'reason' | 'shown'>;

/**
 * Access pattern `reword`: UpdateItem of WAIT or of the seat, conditional on `ver` and status; the words before are kept
 * nowhere. New words may lead back to a queue. False: somebody else changed it since it was read.
 */
export async function reword(
  table: Table,
  comment: Found,
  words: Reworded,
  { to, at, refusedDays = REFUSED_DAYS }: Pick<Move, 'to' | 'at'> & { refusedDays?: number | null },
): Promise<boolean> {
  const move: Move = { to, by: 'rules', at, rule: words.reason };
  const { set, names, values, ...rest } =
    comment.status === to ? stays(comment) : transition(comment, move, refusedDays);
  const changed = await table.update(comment.at ? seatKey(comment.post, comment.at) : waitKey(comment.id), {
    ...rest,
    set: `${set}, html = :html, #source = :source, #policy = :policy, removed = :removed, reason = :reason, edited = :edited${words.shown ? ', shown = :shown' : ''}`,
    names: { ...names, '#source': 'source', '#policy': 'policy' },
    values: {
      ...values,
      ':html': words.html,
      ':source': words.source,
      ':policy': words.policy,
      ':removed': words.removed,
      ':reason': words.reason,
      ...(words.shown ? { ':shown': words.shown } : {}),
      ':edited': { by: WRITER, at },
    },
  });
  if (!changed) {
    if (comment.at) await completeSeat(table, comment.id);
    return false;
  }
  if (comment.at) await forgetWords(table, comment.id);
  if (comment.status !== to) await follow(table, comment, { to, by: WRITER });
  return true;
}

const stays = ({ status, ver }: Found) => ({
  set: 'ver = ver + :one',
  condition: '#status = :from AND ver = :ver',
  names: { '#status': 'status' },
  values: { ':one': 1, ':from': status, ':ver': ver },
});
