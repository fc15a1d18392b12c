import { RuleError } from '../domain/errors.ts';
import type { Named, PostKind, PostStatus } from '../domain/post.ts';
import { findAuthor, findTerm } from '../table/authors.ts';
import { readJob, saveJob } from '../table/jobs.ts';
import type { Key } from '../table/keys.ts';
import { getPost, listPosts, type PostItem, savePost, touchPages } from '../table/posts.ts';
import { readSite } from '../table/site.ts';
import { WANTED } from '../table/spread.ts';
import type { Table } from '../table/table.ts';

interface Walk {
  /** The change that it brings to every page. */
  wanted: string;
  shelf: number;
  after?: Key | undefined;
}

const JOB = 'spread';
const AT_ONCE = 25;
/** Of the minute until the next run. */
const MOST_MS = 40_000;

const SHELVES = (['published', 'withdrawn', 'scheduled', 'draft'] as const).flatMap((status) =>
  (['page', 'post'] as const).map((kind): { status: PostStatus; kind: PostKind } => ({ status, kind })),
);

/**
 * Brings what changed about the site, an author's name or a category's to every post, whose pages the publisher then makes
 * anew. Goes on where the run before ended; another change in between begins again.
 */
export async function spread(table: Table): Promise<void> {
  const started = performance.now();
  const wanted = await readJob<string>(table, WANTED);
  if (wanted === null) return;
  const before = await readJob<Walk>(table, JOB);
  const walk: Walk = before?.wanted === wanted ? before : { wanted, shelf: 0 };
  const names = namesIn(table);
  while (walk.shelf < SHELVES.length && performance.now() - started < MOST_MS) {
    const { status, kind } = SHELVES[walk.shelf] as (typeof SHELVES)[number];
    const { posts, next } = await listPosts(table, status, { kind, limit: AT_ONCE, after: walk.after });
    for (const post of posts) await bringTo(table, post, names);
    walk.after = next;
    if (!next) walk.shelf += 1;
    await saveJob(table, JOB, walk);
  }
}

type Names = ReturnType<typeof namesIn>;

async function bringTo(table: Table, post: PostItem, names: Names): Promise<void> {
  await rename(table, post, names);
  const ver = await names.site();
  if ((post.site ?? 0) < ver) await touchPages(table, post.id, ver);
}

/** Once more where an author was faster. */
async function rename(table: Table, post: PostItem | null, names: Names): Promise<void> {
  if (!post) return;
  const author = await names.author(post.author);
  const category = post.category && (await names.category(post.category));
  if (author.name === post.author.name && category?.name === post.category?.name) return;
  try {
    await savePost(table, post, { author, category });
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    await rename(table, await getPost(table, post.id), names);
  }
}

/** As they are now, each read once. */
function namesIn(table: Table) {
  const known = new Map<string, Promise<Named>>();
  const once = (id: string, given: Named, find: typeof findAuthor | typeof findTerm): Promise<Named> => {
    const found = known.get(id) ?? find(table, given.slug).then((now) => now && { slug: now.slug, name: now.name });
    known.set(id, found as Promise<Named>);
    return (found as Promise<Named | null>).then((now) => now ?? given);
  };
  const site = readSite(table).then((item) => item?.ver ?? 0);
  return {
    author: (given: Named) => once(`author ${given.slug}`, given, findAuthor),
    category: (given: Named) => once(`category ${given.slug}`, given, findTerm),
    site: () => site,
  };
}
