import { WRITER } from '../domain/editing.ts';
import type { SafeHtml } from '../domain/sanitize.ts';
import type { CommentItem, Found } from './comment-items.ts';
import { bindKey, seatKey, waitKey } from './keys.ts';
import { unsubscribe } from './mailboxes.ts';
import { completeSeat } from './moves.ts';
import { answerReports } from './reports.ts';
import type { Table } from './table.ts';

/** Stands where a person's id stood. */
const NOBODY = 'nobody';

/**
 * Access pattern `erase`: DeleteItem of WAIT, or PutItem of the seat, if `ver` is still that. A seat becomes a tombstone, on
 * which the replies go on hanging; WAIT and BIND then keep the way to it. All are made anew from what may stay,
 * so that nothing else can. WAIT and BIND come last: until then they say whose it was, who may go on from a tombstone.
 * False: somebody else changed it since it was read.
 */
export async function erase(table: Table, comment: Found, at: string): Promise<boolean> {
  const unchanged = { expression: 'ver = :ver', values: { ':ver': comment.ver } };
  if (!comment.at) {
    const gone = await table.delete(waitKey(comment.id), unchanged);
    if (gone) await unsubscribe(table, comment.person, comment.id);
    return gone;
  }
  const stone = tombstone(comment, comment.at, at);
  const { id, post, person } = comment;
  if (person !== NOBODY) {
    if (!(await table.put(seatKey(post, stone.at), stone, unchanged))) {
      await completeSeat(table, id);
      return false;
    }
    await unsubscribe(table, person, id);
  }
  await answerReports(table, post, stone.at);
  await forgetWay(table, stone);
  return true;
}

/** Access pattern `complete an erasure`: of a seat that its writer erased, WAIT and BIND too, if a crash came between. */
export async function completeErasure(table: Table, seat: CommentItem | null): Promise<void> {
  if (seat?.person === NOBODY) await forgetWay(table, seat);
}

/** What leads from an id to the tombstone, and says nothing else: one of the two is there. */
async function forgetWay(table: Table, stone: CommentItem): Promise<void> {
  const { id, post, at, reader, person } = stone;
  const present = { expression: 'attribute_exists(pk)' };
  await table.put(waitKey(id), stone, present);
  await table.put(bindKey(id), { post, at, reader, person }, present);
}

/** Access pattern `writer of a comment`: of a tombstone GetItem of WAIT and BIND, which name whose it was until it is erased to the end. */
export async function writerOf(table: Table, { id, person }: Pick<Found, 'id' | 'person'>): Promise<string> {
  if (person !== NOBODY) return person;
  const ways = await Promise.all([waitKey(id), bindKey(id)].map((key) => table.get<{ person: string }>(key)));
  return ways.find((way) => way && way.person !== NOBODY)?.person ?? NOBODY;
}

function tombstone(
  { id, post, to, root, created, reader, ver, moves, policy, shown }: Found,
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
    ...(shown ? { shown } : {}),
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
