import { BY_RULES, isVouchedFor, type Move, type Status } from '../domain/moderation.ts';
import { endOf, isOver, REFUSED_DAYS } from '../domain/retention.ts';
import type { CommentItem, Found, Said, WaitItem } from './comment-items.ts';
import { dated } from './dated.ts';
import { bindKey, type Key, seatKey, waitKey } from './keys.ts';
import { trustIfNew } from './people.ts';
import { queued } from './queue.ts';
import { takeSeat } from './seats.ts';
import type { Table } from './table.ts';

interface BindItem {
  post: string;
  at: string;
  reader: string;
  person: string;
}

/** Access pattern `hold`: PutItem of WAIT if absent, or if its time is over. False: it was sent before. */
export function hold(
  table: Table,
  said: Said,
  status: 'pending' | 'spam',
  refusedDays: number | null = REFUSED_DAYS,
): Promise<boolean> {
  const ttl = endOf(status, said.created, refusedDays) ?? undefined;
  const wait = { ...said, status, ver: 1, moves: [opening(said, status)], ttl };
  const item = { ...wait, ...dated(said), ...queued(said.id, said.created, status) };
  return table.put(waitKey(said.id), item, {
    expression: 'attribute_not_exists(pk) OR #ttl <= :now',
    names: { '#ttl': 'ttl' },
    values: { ':now': Math.floor(Date.now() / 1000) },
  });
}

/** Access pattern `seat at once`: a seat, BIND if absent (the loser takes the recorded seat), the comment if absent. */
export async function seat(table: Table, said: Said): Promise<string> {
  const taken = await takeSeat(table, said.post, said.root, size(said));
  const bind: BindItem = { post: said.post, at: taken, reader: said.reader, person: said.person };
  const bound = await table.putIfAbsent(bindKey(said.id), { ...bind, ...dated(said) });
  const at = bound ? taken : await lostTo(table, said.id);
  await putOnSeat(table, { ...said, at, status: 'approved', ver: 1, moves: [opening(said, 'approved')] });
  return at;
}

async function lostTo(table: Table, id: string): Promise<string> {
  const at = await boundSeat(table, id);
  if (!at) throw new Error(`comment ${id} lost its BIND`);
  return at;
}

/** The seat of a comment that was seated at once, or null. */
export async function boundSeat(table: Table, id: string): Promise<string | null> {
  return (await table.get<BindItem>(bindKey(id)))?.at ?? null;
}

/** Access pattern `comment by id`: GetItem of WAIT and BIND, then of the seat, consistent. Null: there is none. */
export async function findComment(table: Table, id: string): Promise<Found | null> {
  const [kept, bind] = await Promise.all([table.get<WaitItem>(waitKey(id)), table.get<BindItem>(bindKey(id))]);
  const wait = kept && !isOver(kept) ? kept : null;
  const post = wait?.post ?? bind?.post;
  const at = wait?.at ?? bind?.at;
  if (post && at) {
    const seated = await table.get<CommentItem>(seatKey(post, at));
    if (seated) return seated;
  }
  return wait ? { ...wait, at: wait.at ?? null } : null;
}

/** Access pattern `comment by reference`: GetItem of the seat, consistent. Null where nobody sits. */
export async function commentAt(table: Table, post: string, ref: string): Promise<CommentItem | null> {
  return table.get<CommentItem>(seatKey(post, ref));
}

/** Puts an approved comment on the seat that its WAIT commits it to, if it is not there. */
export async function seatApproved(table: Table, wait: WaitItem): Promise<void> {
  const { at, status, moves, ...said } = wait;
  if (!at || status !== 'approved') return;
  await putOnSeat(table, { ...bare(said), at, status, ver: 1, moves });
}

/**
 * What follows from an approval, if a crash came between. It looks first, since a refused write costs what a write costs, and
 * a late record brings no trust back to whom the comment is no longer of, or no longer approved.
 */
export async function completeApproval(table: Table, wait: WaitItem): Promise<void> {
  if (!wait.at || wait.status !== 'approved') return;
  const seated = await commentAt(table, wait.post, wait.at);
  if (!seated) await seatApproved(table, wait);
  const stands = !seated || (seated.person === wait.person && seated.status === 'approved');
  if (stands && isVouchedFor(wait.moves)) await trustIfNew(table, wait);
}

function putOnSeat(table: Table, comment: CommentItem): Promise<boolean> {
  return table.putIfAbsent(seatKey(comment.post, comment.at), comment);
}

/** Without the keys and index attributes of the item it was read from. */
function bare(said: Said & Partial<Key>): Said {
  const { id, post, to, root, author, person, html, source, policy, removed, created, reader } = said;
  const { reason, facts, edited, shown } = said;
  const words = { html, source, policy, removed, ...(edited ? { edited } : {}) };
  return {
    id,
    post,
    to,
    root,
    author,
    person,
    ...words,
    reason,
    ...(facts ? { facts } : {}),
    ...(shown ? { shown } : {}),
    created,
    reader,
  };
}

/** What is noted of a comment as it comes. */
export const opening = (said: Said, to: Status): Move => ({ to, by: BY_RULES, at: said.created, rule: said.reason });

/** What a comment weighs in its segment, in bytes of its HTML. */
export const size = (said: Said) => Buffer.byteLength(said.html);

/** Access pattern `sanitize anew`: UpdateItem of the seat, conditional on `ver`. False: a change in between went first. */
export async function applyPolicy(
  table: Table,
  { post, at, ver }: CommentItem,
  policy: string,
  { html, removed }: Pick<Said, 'html' | 'removed'>,
): Promise<boolean> {
  const updated = await table.update(seatKey(post, at), {
    set: 'html = :html, removed = :removed, policy = :policy, ver = ver + :one',
    condition: 'ver = :ver',
    values: { ':html': html, ':removed': removed, ':policy': policy, ':ver': ver, ':one': 1 },
  });
  return updated !== null;
}
