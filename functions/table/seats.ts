import { formatRef, mainSegment, overflowSegment, parseRef, SEGMENT } from '../domain/thread.ts';
import { ctlKey, headKey } from './keys.ts';
import { type Ctl, type Head, type Overflow, readCtl, readHead } from './segments.ts';
import type { Table } from './table.ts';

/**
 * Access pattern `take a seat`: the next place for a comment of `bytes`, a root when `root` is null. Conditional
 * updates of HEAD and CTL; on a refused condition the next segment is tried. A seat taken and then not used stays empty.
 */
export async function takeSeat(table: Table, post: string, root: string | null, bytes: number): Promise<string> {
  return root === null ? seatRoot(table, post, bytes) : seatReply(table, post, root, bytes);
}

async function seatRoot(table: Table, post: string, bytes: number): Promise<string> {
  for (;;) {
    const { seg } = await readHead(table, post);
    const segment = mainSegment(seg);
    const ctl = await table.update<Ctl>(ctlKey(post, segment), {
      set: 'n = n + :one, roots = roots + :one, bytes = bytes + :size',
      condition: 'n < :seats AND roots < :roots AND bytes < :bytes',
      values: {
        ':one': 1,
        ':size': bytes,
        ':seats': SEGMENT.seats,
        ':roots': SEGMENT.roots,
        ':bytes': SEGMENT.rootBytes,
      },
    });
    if (ctl) return formatRef(segment, ctl.n);
    const refused = await readCtl(table, post, segment);
    if (!refused) await table.putIfAbsent(ctlKey(post, segment), EMPTY);
    else if (!admitsRoot(refused)) await openMain(table, post, seg + 1);
  }
}

const admitsRoot = ({ n, roots, bytes }: Ctl) =>
  n < SEGMENT.seats && roots < SEGMENT.roots && bytes < SEGMENT.rootBytes;

/** HEAD moves on only from the segment that was full; whoever comes second finds it moved. */
async function openMain(table: Table, post: string, seg: number): Promise<void> {
  await table.update(headKey(post), {
    set: 'seg = :next',
    condition: seg === 2 ? 'attribute_not_exists(seg) OR seg = :full' : 'seg = :full',
    values: { ':next': seg, ':full': seg - 1 },
  });
}

async function seatReply(table: Table, post: string, root: string, bytes: number): Promise<string> {
  const { segment: home, n } = parseRef(root);
  const child = String(n);
  for (;;) {
    const there = await seatBeside(table, post, home, child, bytes);
    if (there) return there;
    const ctl = await readCtl(table, post, home);
    if (!ctl) throw new Error(`segment ${home} of post ${post} has a root but no CTL`);
    const last = ctl.thr[child]?.last;
    const seated = last && (await seatInOverflow(table, post, last, bytes));
    if (seated) return seated;
    await openOverflow(table, post, root, ctl);
  }
}

async function seatBeside(table: Table, post: string, home: string, child: string, bytes: number) {
  const ctl = await table.update<Ctl>(ctlKey(post, home), {
    set: 'n = n + :one, bytes = bytes + :size, k.#root = if_not_exists(k.#root, :zero) + :one',
    condition:
      'n < :seats AND bytes < :bytes AND attribute_not_exists(thr.#root) AND (attribute_not_exists(k.#root) OR k.#root < :replies)',
    names: { '#root': child },
    values: {
      ':one': 1,
      ':zero': 0,
      ':size': bytes,
      ':seats': SEGMENT.seats,
      ':bytes': SEGMENT.bytes,
      ':replies': SEGMENT.repliesPerRoot,
    },
  });
  return ctl && formatRef(home, ctl.n);
}

async function seatInOverflow(table: Table, post: string, segment: string, bytes: number) {
  const ctl = await table.update<Ctl>(ctlKey(post, segment), {
    set: 'n = n + :one, bytes = bytes + :size',
    condition: 'n < :seats AND bytes < :bytes',
    values: { ':one': 1, ':size': bytes, ':seats': SEGMENT.seats, ':bytes': SEGMENT.bytes },
  });
  return ctl && formatRef(segment, ctl.n);
}

/**
 * A new overflow for a root. Its CTL comes first; the entry in the root's own CTL is the commit, and whoever loses it
 * leaves an overflow that nothing links to.
 */
async function openOverflow(table: Table, post: string, root: string, home: Ctl): Promise<void> {
  const head = await table.update<Head>(headKey(post), {
    set: '#over = if_not_exists(#over, :zero) + :one',
    names: { '#over': 'over' },
    values: { ':zero': 0, ':one': 1 },
  });
  if (!head) throw new Error('an update without a condition was refused');
  const opened = overflowSegment(head.over);
  const { segment, n } = parseRef(root);
  const before = home.thr[String(n)];
  await table.putIfAbsent(ctlKey(post, opened), { ...EMPTY, root, ...(before ? { prev: before.last } : {}) });
  const entry: Overflow = { first: before?.first ?? opened, last: opened, pages: (before?.pages ?? 0) + 1 };
  const committed = await table.update(ctlKey(post, segment), {
    set: 'thr.#root = :entry, ver = ver + :one',
    condition: before ? 'thr.#root.#last = :before' : 'attribute_not_exists(thr.#root)',
    names: { '#root': String(n), ...(before ? { '#last': 'last' } : {}) },
    values: { ':entry': entry, ':one': 1, ...(before ? { ':before': before.last } : {}) },
  });
  if (committed && before) await linkNext(table, post, before.last, opened);
}

/** Access pattern `link overflow`: the previous overflow's `next`, if absent. Also completes what a crash left out. */
export async function linkNext(table: Table, post: string, segment: string, next: string): Promise<void> {
  await table.update(ctlKey(post, segment), {
    set: '#next = :next, ver = ver + :one',
    condition: 'attribute_exists(pk) AND attribute_not_exists(#next)',
    names: { '#next': 'next' },
    values: { ':next': next, ':one': 1 },
  });
}

const EMPTY = { n: 0, roots: 0, bytes: 0, k: {}, thr: {}, ver: 1 };
