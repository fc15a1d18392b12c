import { WRITER } from '../domain/editing.ts';
import type { SafeHtml } from '../domain/sanitize.ts';
import type { CommentItem, Found } from './comment-items.ts';
import { bindKey, seatKey, waitKey } from './keys.ts';
import { answerReports } from './reports.ts';
import type { Table } from './table.ts';

/** Stands where a person's id stood. */
const NOBODY = 'nobody';

/**
 * Access pattern `erase`: DeleteItem of WAIT, or PutItem of the seat, if `ver` is still that. A seat becomes a tombstone, on
 * which the replies go on hanging; WAIT and BIND then keep the way to it. All are made anew from what may stay,
 * so that nothing else can. False: somebody else changed it since it was read.
 */
export async function erase(table: Table, comment: Found, at: string): Promise<boolean> {
  const unchanged = { expression: 'ver = :ver', values: { ':ver': comment.ver } };
  if (!comment.at) return table.delete(waitKey(comment.id), unchanged);

  const stone = tombstone(comment, comment.at, at);
  const erased = await table.put(seatKey(comment.post, comment.at), stone, unchanged);
  if (!erased) return false;
  const present = { expression: 'attribute_exists(pk)' };
  const { post, reader, person } = stone;
  await table.put(waitKey(comment.id), stone, present);
  await table.put(bindKey(comment.id), { post, at: stone.at, reader, person }, present);
  await answerReports(table, post, stone.at);
  return true;
}

function tombstone(
  { id, post, to, root, created, reader, ver, moves, policy }: Found,
  at: string,
  now: string,
): CommentItem {
  const known = moves.at(-1)?.by === WRITER && moves.at(-1)?.to === 'removed';
  return {
    id,
    post,
    at,
    to,
    root,
    created,
    reader,
    policy,
    author: { name: '', url: null, host: false, hue: 0 },
    person: NOBODY,
    html: '' as SafeHtml,
    source: '',
    removed: [],
    reason: null,
    status: 'removed',
    ver: ver + 1,
    moves: known ? moves : [...moves, { to: 'removed', by: WRITER, at: now, rule: null }],
  };
}
