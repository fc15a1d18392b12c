import { isOverflow, mainSegment, overflowSegment, segmentNumber } from '../domain/thread.ts';
import type { CommentItem } from './comment-items.ts';
import { ctlKey, headKey, SEAT_PREFIX, segmentPk } from './keys.ts';
import { queryAll, type Table } from './table.ts';

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
  const items = await queryAll<Ctl | CommentItem>(table, { pk: segmentPk(post, segment) });
  return {
    ctl: (items.find(({ sk }) => sk === 'CTL') as Ctl | undefined) ?? null,
    comments: items.filter(({ sk }) => sk.startsWith(SEAT_PREFIX)) as CommentItem[],
  };
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

/**
 * At most `count` segments from one of them downward: main segments to the first, then overflows from the last. `next` is
 * where the rest begins; null: there is none.
 */
export function segmentsDown(head: Head, from: string, count: number): { segments: string[]; next: string | null } {
  const segments: string[] = [];
  let next: string | null = from;
  for (; next !== null && segments.length < count; next = segmentBelow(head, next)) segments.push(next);
  return { segments, next };
}

function segmentBelow(head: Head, segment: string): string | null {
  const n = segmentNumber(segment);
  if (isOverflow(segment)) return n > 1 ? overflowSegment(n - 1) : null;
  if (n > 1) return mainSegment(n - 1);
  return head.over > 0 ? overflowSegment(head.over) : null;
}

/** Where a segment stands among the counters' leaves: main and overflow segments take turns. */
export const segmentIndex = (segment: string) => segmentNumber(segment) * 2 + (isOverflow(segment) ? 1 : 0);
