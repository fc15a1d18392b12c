import {
  formatRef,
  isOverflow,
  mainSegment,
  overflowSegment,
  parseRef,
  SEGMENT,
  segmentNumber,
} from '../domain/thread.ts';
import type { CommentItem } from './comment-items.ts';
import { ctlKey, headKey, SEAT_PREFIX, segmentPk } from './keys.ts';
import type { Table } from './table.ts';

/** A post's open segment and its last overflow. Absent until the second segment: then 1 and 0. */
export interface Head {
  seg: number;
  over: number;
}

export interface Overflow {
  first: string;
  last: string;
  pages: number;
}

/** A segment's control item: what its gates have counted, and how its roots go on. */
export interface Ctl {
  n: number;
  roots: number;
  bytes: number;
  /** Replies seated here, by root. */
  k: Record<string, number>;
  /** Roots whose replies go on in overflow segments. */
  thr: Record<string, Overflow>;
  /** Raised by each visible change. */
  ver: number;
  /** The three on an overflow: its root's reference and its neighbours. */
  root?: string;
  prev?: string;
  next?: string;
}

const EMPTY = { n: 0, roots: 0, bytes: 0, k: {}, thr: {}, ver: 1 };

/** Access pattern `post head`: GetItem, consistent. */
export async function readHead(table: Table, post: string): Promise<Head> {
  const head = await table.get<Partial<Head>>(headKey(post));
  return { seg: head?.seg ?? 1, over: head?.over ?? 0 };
}

/** Access pattern `segment control`: GetItem, consistent. */
export const readCtl = (table: Table, post: string, segment: string) => table.get<Ctl>(ctlKey(post, segment));

export interface Segment {
  ctl: Ctl | null;
  /** In the order of their seats. */
  comments: CommentItem[];
}

/** Access pattern `segment`: Query of one partition, consistent, at most 41 items and about 40 KB. */
export async function readSegment(table: Table, post: string, segment: string): Promise<Segment> {
  const { items } = await table.query<Ctl | CommentItem>({ pk: segmentPk(post, segment) });
  return {
    ctl: (items.find(({ sk }) => sk === 'CTL') as Ctl | undefined) ?? null,
    comments: items.filter(({ sk }) => sk.startsWith(SEAT_PREFIX)) as CommentItem[],
  };
}

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

/** Main segments 1…, then overflows t1…: every page a post may have. */
export function segmentsOf(head: Head): string[] {
  const upTo = (n: number, name: (i: number) => string) => Array.from({ length: n }, (_, i) => name(i + 1));
  return [...upTo(head.seg, mainSegment), ...upTo(head.over, overflowSegment)];
}

const NAME = /^t?[1-9]\d{0,8}$/;

export const hasSegment = (head: Head, segment: string) =>
  NAME.test(segment) && segmentNumber(segment) <= (isOverflow(segment) ? head.over : head.seg);

/** Main segments come first, then overflows. Null after the last. */
export function segmentAfter(head: Head, segment: string): string | null {
  const n = segmentNumber(segment);
  if (isOverflow(segment)) return n < head.over ? overflowSegment(n + 1) : null;
  if (n < head.seg) return mainSegment(n + 1);
  return head.over > 0 ? overflowSegment(1) : null;
}

/** Where a segment stands among the counters' leaves: main and overflow segments take turns. */
export const segmentIndex = (segment: string) => segmentNumber(segment) * 2 + (isOverflow(segment) ? 1 : 0);
