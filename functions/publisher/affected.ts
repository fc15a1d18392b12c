import { isOfToday } from '../domain/policy.ts';
import { mainSegment, parseRef } from '../domain/thread.ts';
import type { CommentItem, WaitItem } from '../table/comment-items.ts';
import { completeApproval } from '../table/comments.ts';
import { completeErasure } from '../table/erasure.ts';
import { RENEW_AGAIN, saveJob } from '../table/jobs.ts';
import { ARCHIVE, authorList, categoryList, frontFrom, PAGE, pageOf, places } from '../table/lists.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import type { Change } from '../table/records.ts';
import { linkNext } from '../table/seats.ts';
import { type Ctl, type Head, readCtl } from '../table/segments.ts';
import { WANTED } from '../table/spread.ts';
import type { Table } from '../table/table.ts';
import type { Page } from './page.ts';
import type { Press } from './publish.ts';
import { inOneStep } from './sweep.ts';

/**
 * The pages that one change shows on. What a crash left half done is completed here first: a seat that an approval
 * promised, a link to an overflow that was committed, an erasure that reached the seat. What shows on more
 * pages than one record can wait for is begun here, and swept.
 */
export async function affected(press: Pick<Press, 'table' | 'pace'>, change: Change): Promise<Page[]> {
  const { table } = press;
  const { key } = change;
  switch (key.kind) {
    case 'meta':
      return ofPost(press, change.old as PostItem | null, change.new as PostItem | null);
    case 'html':
      return ofHtml(table, key.post, key.rev);
    case 'head':
      return ofHead(key.post, change.old as Partial<Head> | null, change.new as Partial<Head> | null);
    case 'ctl':
      return ofCtl(table, key.post, key.segment, change.old as Ctl | null, change.new as Ctl | null);
    case 'seat':
      await completeErasure(table, change.new as CommentItem | null);
      return withPost(key.post, key.segment);
    case 'wait':
      return ofWait(table, change.new as WaitItem | null);
    case 'author':
      if (!change.old || !change.new) return [];
      await want(table, change);
      return [...frontOf(authorList(key.slug)), ...(await inOneStep(press, { of: 'author', id: key.slug }))];
    case 'term':
      if (!change.old || !change.new) return [];
      await want(table, change);
      return [...frontOf(categoryList(key.slug)), ...(await inOneStep(press, { of: 'category', id: key.slug }))];
    case 'site':
      await want(table, change);
      return [...STANDING];
    case 'listHead':
      return ofList(key.list, Number(change.new?.n ?? 0));
    default:
      return [];
  }
}

const segmentOf = (post: string, segment: string): Page => ({ kind: 'segment', post, segment });

const withPost = (post: string, ...segments: string[]): Page[] => [
  ...segments.map((segment) => segmentOf(post, segment)),
  { kind: 'post', post },
];

async function ofPost(
  press: Pick<Press, 'table' | 'pace'>,
  old: PostItem | null,
  now: PostItem | null,
): Promise<Page[]> {
  const post = now ?? old;
  if (!post) return [];
  const everywhere = old?.tv !== now?.tv || old?.site !== now?.site;
  const segments = everywhere ? await inOneStep(press, { of: 'post', id: post.id }) : [];
  const seats = new Map([...Object.entries(old?.places ?? {}), ...Object.entries(now?.places ?? {})]);
  const lists = await Promise.all([...seats].map(([list, place]) => ofPlace(press.table, list, place)));
  return [...segments, ...withPost(post.id), ...lists.flat()];
}

async function ofPlace(table: Table, list: string, place: number): Promise<Page[]> {
  const front = place >= frontFrom(await places(table, list));
  return [{ kind: 'list', list, page: pageOf(place) }, ...(front ? frontOf(list) : [])];
}

/** Of what readers have, its page and the feeds that it stands in; of a revision that no post points to yet, nothing. */
async function ofHtml(table: Table, id: string, rev: number): Promise<Page[]> {
  const post = await getPost(table, id);
  if (post?.rev !== rev || post.status !== 'published') return [];
  const fronts = await Promise.all(
    Object.entries(post.places).map(async ([list, place]) =>
      place >= frontFrom(await places(table, list)) ? feedsOf(list) : [],
    ),
  );
  return [...withPost(id), ...fronts.flat()];
}

/** What shows a list's newest. */
export const frontOf = (list: string): Page[] => [{ kind: 'list', list, page: 'front' }, ...feedsOf(list)];

const feedsOf = (list: string): Page[] => [
  { kind: 'feed', list, format: 'xml' },
  { kind: 'feed', list, format: 'json' },
];

/** A place given away moves the front on, and at the start of a page, gives the page before its neighbour. */
function ofList(list: string, given: number): Page[] {
  const page = pageOf(given);
  const before = given % PAGE === 1 && page > 1 ? [page - 1] : [];
  return [...[page, ...before].map((n): Page => ({ kind: 'list', list, page: n })), ...frontOf(list)];
}

function ofHead(post: string, old: Partial<Head> | null, now: Partial<Head> | null): Page[] {
  const seg = now?.seg ?? 1;
  if (seg === (old?.seg ?? 1)) return [];
  return withPost(post, mainSegment(seg - 1), mainSegment(seg));
}

async function ofCtl(table: Table, post: string, segment: string, old: Ctl | null, now: Ctl | null): Promise<Page[]> {
  if (!now || !old || now.ver === old.ver) return [];
  const linked = await Promise.all(
    Object.entries(now.thr)
      .filter(([root, { last }]) => last !== old.thr[root]?.last)
      .map(([, { last }]) => completeLink(table, post, last)),
  );
  return withPost(post, segment, ...linked.flat());
}

/** Gives the overflow before `last`, whose page has a new neighbour. */
async function completeLink(table: Table, post: string, last: string): Promise<string[]> {
  const prev = (await readCtl(table, post, last))?.prev;
  if (!prev) return [];
  await linkNext(table, post, prev, last);
  return [prev];
}

async function ofWait(table: Table, wait: WaitItem | null): Promise<Page[]> {
  if (wait?.status !== 'approved' || !wait.at) return [];
  await completeApproval(table, wait);
  // It may have come to its seat after all of its conversation was renewed.
  if (!isOfToday(wait)) await saveJob(table, RENEW_AGAIN, wait.id);
  return withPost(wait.post, parseRef(wait.at).segment);
}

/** What every post shows, or names: the schedule brings it to each of them. */
async function want(table: Table, { key, old, new: now }: Change): Promise<void> {
  if (key.kind !== 'site' && old?.name === now?.name) return;
  await saveJob(table, WANTED, `${key.kind} ${'slug' in key ? key.slug : ''} ${now?.ver}`);
}

/** The pages that are there from the first day. */
export const STANDING: readonly Page[] = [
  { kind: 'not-found' },
  ...frontOf(ARCHIVE),
  { kind: 'list', list: ARCHIVE, page: 1 },
];
