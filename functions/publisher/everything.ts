import { look } from '../../web/generated/assets.ts';
import { mainSegment } from '../domain/thread.ts';
import { siteOver } from '../site-in-force.ts';
import { forgetJob, readJob, saveJob } from '../table/jobs.ts';
import type { Key } from '../table/keys.ts';
import { pageOf, places } from '../table/lists.ts';
import { listPosts, type PostItem } from '../table/posts.ts';
import { readHead, segmentsDown } from '../table/segments.ts';
import { frontOf, STANDING } from './affected.ts';
import { type Press, publish } from './publish.ts';
import { stamp } from './stamp.ts';

export interface Progress {
  /** Posts whose pages are done, in this run and the one it goes on from. */
  posts: number;
  pages: number;
}

interface Cursor extends Progress {
  /** The look and the settings that the pages so far were made with. */
  build: string;
  shelf: number;
  after?: Key | undefined;
  /** Within a long conversation: where it goes on. */
  within?: { post: string; segment: string } | undefined;
  /** Every list that a post had a place in. */
  lists: string[];
}

const JOB = 'republish';
/** Of what readers have, or had. */
const SHELVES = (['published', 'withdrawn', 'scheduled'] as const).flatMap((status) => [
  { status, kind: 'post' as const },
  { status, kind: 'page' as const },
]);

/**
 * Every page made anew from the table, post by post, then the lists. The cursor is saved after each post, and within a
 * long conversation, so that a run that was stopped is gone on with by the next, unless `fresh`, or the look or the
 * settings have changed since.
 */
export async function* republish(press: Press, { fresh = false } = {}): AsyncGenerator<Progress> {
  const site = await siteOver(press.table, press.site);
  const build = stamp(look, JSON.stringify([site, press.closeAfterDays]));
  const saved = fresh ? null : await readJob<Cursor>(press.table, JOB);
  const cursor: Cursor = saved?.build === build ? saved : { build, shelf: 0, lists: [], posts: 0, pages: 0 };

  while (cursor.shelf < SHELVES.length) {
    const { status, kind } = SHELVES[cursor.shelf] as (typeof SHELVES)[number];
    const step = { kind, limit: 1, after: cursor.after, oldestFirst: true };
    const { posts, next } = await listPosts(press.table, status, step);
    for (const post of posts) {
      for await (const _ of remake(press, post, cursor)) {
        await saveJob(press.table, JOB, cursor);
        yield { posts: cursor.posts, pages: cursor.pages };
      }
      cursor.posts += 1;
      cursor.lists = [...new Set([...cursor.lists, ...Object.keys(post.places)])];
    }
    cursor.after = next;
    if (!next) cursor.shelf += 1;
    await saveJob(press.table, JOB, cursor);
    if (posts.length > 0) yield { posts: cursor.posts, pages: cursor.pages };
  }
  for (const list of cursor.lists) cursor.pages += await remakeList(press, list);
  await publish(press, STANDING);
  await forgetJob(press.table, JOB);
  yield { posts: cursor.posts, pages: cursor.pages + STANDING.length };
}

/** Stops, with the cursor where it goes on, after each step but the last. */
async function* remake(press: Press, { id }: PostItem, cursor: Cursor): AsyncGenerator<void> {
  const head = await readHead(press.table, id);
  let from: string | null = cursor.within?.post === id ? cursor.within.segment : mainSegment(head.seg);
  while (from !== null) {
    const { segments, next }: ReturnType<typeof segmentsDown> = segmentsDown(head, from, press.pace);
    await publish(
      press,
      segments.map((segment) => ({ kind: 'segment', post: id, segment })),
    );
    cursor.pages += segments.length;
    from = next;
    cursor.within = next === null ? undefined : { post: id, segment: next };
    if (next !== null) yield;
  }
  await publish(press, [{ kind: 'post', post: id }]);
  cursor.pages += 1;
}

/** By its numbers, since a place that nobody stands on counts as well. */
async function remakeList(press: Press, list: string): Promise<number> {
  const last = pageOf(await places(press.table, list));
  for (let page = 1; page <= last; page++) await publish(press, [{ kind: 'list', list, page }]);
  const front = frontOf(list);
  await publish(press, front);
  return last + front.length;
}
