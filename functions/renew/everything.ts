import { ARTICLE_POLICY, POLICY } from '../domain/allowed-tags.ts';
import { RuleError } from '../domain/errors.ts';
import { renderMarkdown } from '../domain/markdown.ts';
import { isOfToday, shownHtml } from '../domain/policy.ts';
import { sanitizeComment } from '../domain/sanitize.ts';
import { mainSegment } from '../domain/thread.ts';
import { log } from '../log.ts';
import type { CommentItem } from '../table/comment-items.ts';
import { applyPolicy } from '../table/comments.ts';
import { forgetJob, RENEW, RENEW_AGAIN, readJob, saveJob } from '../table/jobs.ts';
import type { Key } from '../table/keys.ts';
import { listPosts, type PostItem } from '../table/posts.ts';
import { findHtml, putHtmlAnew, readBody } from '../table/revisions.ts';
import { readHead, readSegment, segmentsDown } from '../table/segments.ts';
import type { Table } from '../table/table.ts';

export interface Progress {
  /** Posts that were gone over, in this run and the one it goes on from. */
  posts: number;
  /** Articles and comments whose HTML was made anew. */
  renewed: number;
}

interface Cursor extends Progress {
  policy: string;
  began: string;
  since: string | null;
  shelf: number;
  after?: Key | undefined;
  /** Within a long conversation: where it goes on. */
  within?: { post: string; segment: string } | undefined;
  /** Articles that today's policy refuses, and comments that were changed in the same moment. */
  left: number;
}

/** What is left of a run that is through: of which policy all is, and since when. */
interface Note {
  policy: string;
  since: string;
  /** Whether a second run, long enough after the first, found the same. */
  settled: boolean;
}

const POLICIES = `${POLICY} ${ARTICLE_POLICY}`;
/** No function of a version before runs as long. */
const OVERLAP_MS = 3_600_000;
/** Segments of one conversation in a step. */
const PACE = 16;
/** Publishing takes a post from one that is gone over to one that comes. */
const SHELVES = (['draft', 'scheduled', 'published', 'withdrawn'] as const).flatMap((status) => [
  { status, kind: 'post' as const },
  { status, kind: 'page' as const },
]);

/**
 * The HTML of every article and every seated comment that another policy made, made anew from its source; what it
 * writes are records, which the publisher makes pages from. The cursor is saved after each post, and within a long
 * conversation, so that a run that was stopped is gone on with by the next, unless `fresh`.
 *
 * All is gone over twice, the second time an hour or more after the first: what functions of the version before, or a
 * run of another policy, were still writing is found then. After that, two reads tell that there is nothing to do.
 */
export async function* renew(table: Table, { fresh = false, now = new Date() } = {}): AsyncGenerator<Progress> {
  const cursor = await begin(table, fresh, now);
  while (cursor && cursor.shelf < SHELVES.length) {
    const { status, kind } = SHELVES[cursor.shelf] as (typeof SHELVES)[number];
    const step = { kind, limit: 1, after: cursor.after, oldestFirst: true };
    const { posts, next } = await listPosts(table, status, step);
    for (const post of posts) {
      for await (const _ of renewPost(table, post, cursor)) {
        await saveJob(table, RENEW, cursor);
        yield progressOf(cursor);
      }
      cursor.posts += 1;
    }
    cursor.after = next;
    if (!next) cursor.shelf += 1;
    await saveJob(table, RENEW, cursor);
    if (posts.length > 0) yield progressOf(cursor);
  }
  if (cursor) await finish(table, cursor, now);
  yield progressOf(cursor ?? { posts: 0, renewed: 0 });
}

const progressOf = ({ posts, renewed }: Progress): Progress => ({ posts, renewed });

/** Null: all is of today's policy. */
async function begin(table: Table, fresh: boolean, now: Date): Promise<Cursor | null> {
  const [saved, again] = await Promise.all([readJob<Cursor | Note>(table, RENEW), readJob<string>(table, RENEW_AGAIN)]);
  const ours = saved?.policy === POLICIES && again === null ? saved : null;
  if (ours && !fresh) {
    if ('shelf' in ours) return ours;
    if (ours.settled) return null;
  }
  const since = ours?.since ?? null;
  const cursor = { policy: POLICIES, began: now.toISOString(), since, shelf: 0, posts: 0, renewed: 0, left: 0 };
  if (again !== null) {
    await saveJob(table, RENEW, cursor);
    await forgetJob(table, RENEW_AGAIN);
  }
  return cursor;
}

async function finish(table: Table, { began, since, left }: Cursor, now: Date): Promise<void> {
  if (left > 0) return forgetJob(table, RENEW);
  const settled = since !== null && Date.parse(began) - Date.parse(since) >= OVERLAP_MS;
  await saveJob(table, RENEW, { policy: POLICIES, since: since ?? now.toISOString(), settled } satisfies Note);
}

/** Stops, with the cursor where it goes on, after each step but the last. */
async function* renewPost(table: Table, post: PostItem, cursor: Cursor): AsyncGenerator<void> {
  const { id } = post;
  const goesOn = cursor.within?.post === id;
  if (!goesOn) await renewArticle(table, post, cursor);
  const head = await readHead(table, id);
  let from: string | null = goesOn && cursor.within ? cursor.within.segment : mainSegment(head.seg);
  while (from !== null) {
    const { segments, next }: ReturnType<typeof segmentsDown> = segmentsDown(head, from, PACE);
    for (const segment of segments) await renewSegment(table, post, segment, cursor);
    from = next;
    cursor.within = next === null ? undefined : { post: id, segment: next };
    if (next !== null) yield;
  }
}

/** One of which today's policy makes more than the table holds stays as it was, and is tried again each time. */
async function renewArticle(table: Table, post: PostItem, cursor: Cursor): Promise<void> {
  const before = await findHtml(table, post.id, post.rev);
  if (before?.policy === ARTICLE_POLICY) return;
  const html = renderMarkdown(await readBody(table, post));
  try {
    await putHtmlAnew(table, post, html, before);
    cursor.renewed += 1;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    cursor.left += 1;
    log.error('not renewed', { slug: post.slug, code: error.code }, error);
  }
}

async function renewSegment(table: Table, { id, slug }: PostItem, segment: string, cursor: Cursor): Promise<void> {
  const { comments } = await readSegment(table, id, segment);
  for (const comment of comments.filter((one) => !isOfToday(one))) {
    if (await applyPolicy(table, comment, POLICY, anew(comment, slug))) cursor.renewed += 1;
    else cursor.left += 1;
  }
}

/** What today's policy refuses is what it says, without any markup: nothing of another policy's making stays. */
function anew(comment: CommentItem, slug: string): Pick<CommentItem, 'html' | 'removed'> {
  try {
    return sanitizeComment(comment.source);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    log.error('not renewed', { slug, ref: comment.at, code: error.code }, error);
    return { html: shownHtml(comment), removed: comment.removed };
  }
}
