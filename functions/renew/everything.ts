import { ARTICLE_POLICY, POLICY } from '../domain/allowed-tags.ts';
import { RuleError } from '../domain/errors.ts';
import { renderMarkdown } from '../domain/markdown.ts';
import { sanitizeComment } from '../domain/sanitize.ts';
import { mainSegment } from '../domain/thread.ts';
import { log } from '../log.ts';
import { applyPolicy } from '../table/comments.ts';
import { forgetJob, RENEW, readJob, saveJob } from '../table/jobs.ts';
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
  /** Whose HTML could not be made anew. */
  refused: number;
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
 * run of another policy, were still writing is found then. After that, one read tells that there is nothing to do.
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
  const saved = await readJob<Cursor | Note>(table, RENEW);
  const ours = saved?.policy === POLICIES ? saved : null;
  if (ours && !fresh) {
    if ('shelf' in ours) return ours;
    if (ours.settled) return null;
  }
  const since = ours?.since ?? null;
  return { policy: POLICIES, began: now.toISOString(), since, shelf: 0, posts: 0, renewed: 0, refused: 0 };
}

async function finish(table: Table, { began, since, refused }: Cursor, now: Date): Promise<void> {
  if (refused > 0) return forgetJob(table, RENEW);
  const settled = since !== null && Date.parse(began) - Date.parse(since) >= OVERLAP_MS;
  await saveJob(table, RENEW, { policy: POLICIES, since: since ?? now.toISOString(), settled } satisfies Note);
}

/** Stops, with the cursor where it goes on, after each step but the last. */
async function* renewPost(table: Table, post: PostItem, cursor: Cursor): AsyncGenerator<void> {
  const { id } = post;
  const goesOn = cursor.within?.post === id;
  if (!goesOn) await note(cursor, post, () => renewArticle(table, post));
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

async function renewArticle(table: Table, post: PostItem): Promise<boolean> {
  const before = await findHtml(table, post.id, post.rev);
  if (before?.policy === ARTICLE_POLICY) return false;
  await putHtmlAnew(table, post, renderMarkdown(await readBody(table, post)), before);
  return true;
}

async function renewSegment(table: Table, post: PostItem, segment: string, cursor: Cursor): Promise<void> {
  const { comments } = await readSegment(table, post.id, segment);
  const stale = comments.filter(({ policy, source }) => policy !== POLICY && source !== '');
  for (const comment of stale) {
    await note(cursor, post, async () => {
      await applyPolicy(table, comment, POLICY, sanitizeComment(comment.source));
      return true;
    });
  }
}

/** What the policy of today refuses stays as it was, and is tried again each time. */
async function note(cursor: Cursor, { slug }: PostItem, act: () => Promise<boolean>): Promise<void> {
  try {
    if (await act()) cursor.renewed += 1;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    cursor.refused += 1;
    log.error('not renewed', { slug, code: error.code }, error);
  }
}
