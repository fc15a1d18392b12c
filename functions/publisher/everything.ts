import { POLICY } from '../domain/allowed-tags.ts';
import type { PostStatus } from '../domain/post.ts';
import { sanitizeComment } from '../domain/sanitize.ts';
import { applyPolicy } from '../table/comments.ts';
import { forgetJob, readJob, saveJob } from '../table/jobs.ts';
import type { Key } from '../table/keys.ts';
import { frontFrom, pageOf, places } from '../table/lists.ts';
import { listPosts, type PostItem } from '../table/posts.ts';
import { readHead, readSegment, segmentsOf } from '../table/segments.ts';
import { STANDING } from './affected.ts';
import { type Page, pageId } from './page.ts';
import { type Press, publish } from './publish.ts';

export interface Progress {
  /** Posts whose pages are done, in this run and the one it goes on from. */
  posts: number;
  pages: number;
}

interface Cursor extends Progress {
  status: PostStatus;
  after?: Key | undefined;
}

const JOB = 'republish';
const STEP = 10;
const SHELVES: readonly PostStatus[] = ['published', 'withdrawn'];

/**
 * Every page made anew from the table, a few posts at a time; comments that an older policy sanitized are sanitized
 * again first. After each step the cursor is saved, so that a run that was stopped is gone on with by the next.
 */
export async function* republish(press: Press): AsyncGenerator<Progress> {
  const done = new Set<string>();
  let cursor: Cursor = (await readJob<Cursor>(press.table, JOB)) ?? { status: 'published', posts: 0, pages: 0 };
  const once = async (pages: readonly Page[]) => {
    const fresh = pages.filter((page) => !done.has(pageId(page)));
    for (const page of fresh) done.add(pageId(page));
    await publish(press, fresh);
    return fresh.length;
  };

  cursor.pages += await once(STANDING);
  for (const status of SHELVES.slice(SHELVES.indexOf(cursor.status))) {
    let after = status === cursor.status ? cursor.after : undefined;
    do {
      const { posts, next } = await listPosts(press.table, status, { limit: STEP, after, oldestFirst: true });
      for (const post of posts) {
        cursor.pages += await once(await pagesOf(press, post));
        cursor.posts += 1;
      }
      after = next;
      cursor = { ...cursor, status, after };
      await saveJob(press.table, JOB, cursor);
      yield { posts: cursor.posts, pages: cursor.pages };
    } while (after);
  }
  await forgetJob(press.table, JOB);
}

async function pagesOf({ table }: Press, post: PostItem): Promise<Page[]> {
  const segments = segmentsOf(await readHead(table, post.id));
  for (const segment of segments) await sanitizeAnew({ table }, post.id, segment);
  const lists = await Promise.all(
    Object.entries(post.places).map(async ([list, place]): Promise<Page[]> => {
      const front = place >= frontFrom(await places(table, list));
      return [
        { kind: 'list', list, page: pageOf(place) },
        ...(front ? [{ kind: 'list', list, page: 'front' } as const] : []),
      ];
    }),
  );
  return [
    ...segments.map((segment): Page => ({ kind: 'segment', post: post.id, segment })),
    { kind: 'post', post: post.id },
    ...lists.flat(),
  ];
}

async function sanitizeAnew({ table }: Pick<Press, 'table'>, post: string, segment: string): Promise<void> {
  const { comments } = await readSegment(table, post, segment);
  const stale = comments.filter((comment) => comment.policy !== POLICY && comment.source !== '');
  for (const comment of stale) await applyPolicy(table, comment, POLICY, sanitizeComment(comment.source));
}
