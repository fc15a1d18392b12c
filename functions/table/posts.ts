import { isDeepStrictEqual } from 'node:util';
import { RuleError } from '../domain/errors.ts';
import { randomId } from '../domain/identity.ts';
import { type Content, checkSlug, type Named, type PostKind, type PostStatus } from '../domain/post.ts';
import { type Key, metaKey, slugKey } from './keys.ts';
import { ARCHIVE, authorList, categoryList, takePlace } from './lists.ts';
import { putRevision, revisionOf, type Written } from './revisions.ts';
import { reserveSlug } from './slugs.ts';
import type { Table } from './table.ts';

export interface PostItem {
  id: string;
  kind: PostKind;
  slug: string;
  /** Slugs that readers knew it by; they lead here for ever. */
  formerly: readonly string[];
  title: string;
  excerpt: string;
  author: Named;
  category: Named | null;
  tags: readonly string[];
  status: PostStatus;
  created: string;
  /** When it is, or will be, published; null while a draft. */
  date: string | null;
  /** Last revision since it was published; null if there was none. */
  updated: string | null;
  rev: number;
  closed: boolean;
  /** References of the comments at the top of its conversation. */
  pins: readonly string[];
  /** Its place in each of its lists, given at first publication. */
  places: Record<string, number>;
  /** Whether readers ever had it. */
  seen: boolean;
  /** Raised by what the comment pages show: title, closing, coming and going. */
  tv: number;
  ver: number;
  /** With which of the site's words all its pages were asked for. */
  site?: number;
}

/** Access pattern `post by slug`: GetItem of SLUG, then META, consistent. A post's id will do as well. */
export async function findPost(table: Table, slugOrId: string): Promise<PostItem | null> {
  const slug = await table.get<{ post: string }>(slugKey(slugOrId));
  return getPost(table, slug?.post ?? slugOrId);
}

/** Access pattern `post`: GetItem of META, consistent. */
export const getPost = (table: Table, id: string) => table.get<PostItem>(metaKey(id));

/**
 * Access pattern `create post`: `reserve a slug`, `put a revision`, PutItem of META if absent. Throws RuleError
 * 'slug.taken', or 'post.invalid' for more HTML than an item holds.
 */
export async function createPost(
  table: Table,
  slug: string,
  content: Content,
  now: Date,
  { kind = 'post', ...written }: Written & { kind?: PostKind } = {},
): Promise<PostItem> {
  const id = randomId();
  const revision = revisionOf(content, now, written);
  await reserveSlug(table, checkSlug(slug), id, now);
  const rev = await putRevision(table, id, 1, revision);
  const { source, html, ...head } = content;
  const post: PostItem = {
    ...head,
    id,
    kind,
    slug,
    formerly: [],
    status: 'draft',
    created: now.toISOString(),
    date: null,
    updated: null,
    rev,
    closed: kind === 'page',
    pins: [],
    places: {},
    seen: false,
    tv: 1,
    ver: 1,
  };
  if (!(await table.putIfAbsent(metaKey(id), { ...post, ...shelf(post) }))) throw new RuleError('slug.taken', { slug });
  return post;
}

/**
 * Access pattern `revise post`: `put a revision`, then META's pointer to it, conditional on `ver`.
 * Throws RuleError 'post.conflict' when somebody else changed the post since it was read, 'post.invalid' as `create post`.
 */
export async function revisePost(
  table: Table,
  post: PostItem,
  content: Content,
  now: Date,
  { closed = post.closed, ...written }: Written & { closed?: boolean | undefined } = {},
): Promise<PostItem> {
  const { source, html, ...head } = content;
  const rev = await putRevision(table, post.id, post.rev + 1, revisionOf(content, now, written));
  const published = post.status === 'published';
  return savePost(table, post, {
    ...head,
    rev,
    closed,
    updated: published ? now.toISOString() : post.updated,
    ...(published ? { places: await allPlaces(table, { ...post, ...head }) } : {}),
  });
}

/**
 * Access pattern `publish post`: places in the lists it has none in, then META, conditional on `ver`. A date to come
 * schedules it. Throws RuleError 'post.conflict', and 'post.invalid' for a date to come of what readers have already.
 */
export async function publishPost(table: Table, post: PostItem, date: string | null, now: Date): Promise<PostItem> {
  const when = date ?? post.date ?? now.toISOString();
  if (when > now.toISOString()) {
    if (post.status === 'published') throw new RuleError('post.invalid', { field: 'date', got: when, remedy: ALREADY });
    return savePost(table, post, { status: 'scheduled', date: when });
  }
  const places = await allPlaces(table, post);
  return savePost(table, post, { status: 'published', date: when, places, seen: true });
}

const ALREADY = 'lies in the future, and the article is published: withdraw it first';

/** What was public once and is not now: its pages say so, instead of showing it. */
export const isGone = ({ status, seen }: PostItem) => status !== 'published' && seen;

/** Access pattern `withdraw post`: META, conditional on `ver`; what nobody read is a draft again. Throws RuleError 'post.conflict'. */
export const withdrawPost = (table: Table, post: PostItem) =>
  savePost(table, post, post.seen ? { status: 'withdrawn' } : { status: 'draft', date: null });

/** Access pattern `close post`: META, conditional on `ver`. Throws RuleError 'post.conflict'. */
export const closePost = (table: Table, post: PostItem, closed: boolean) => savePost(table, post, { closed });

/** Access pattern `touch post`: UpdateItem that changes nothing a reader sees, so that its pages are made anew. */
export async function touchPost(table: Table, id: string, day: string): Promise<void> {
  await table.update(metaKey(id), {
    set: 'touched = :day',
    condition: 'attribute_exists(pk)',
    values: { ':day': day },
  });
}

/** Access pattern `touch all pages of a post`: UpdateItem, as `touch post`, of its comment pages as well. */
export async function touchPages(table: Table, id: string, site: number): Promise<void> {
  await table.update(metaKey(id), {
    set: 'site = :site',
    condition: 'attribute_exists(pk)',
    values: { ':site': site },
  });
}

async function allPlaces(table: Table, post: PostItem): Promise<Record<string, number>> {
  const places = { ...post.places };
  for (const list of listsOf(post)) places[list] ??= await takePlace(table, list, post.id);
  return places;
}

export function listsOf({ kind, author, category }: Pick<PostItem, 'kind' | 'author' | 'category'>): string[] {
  if (kind === 'page') return [];
  return [ARCHIVE, authorList(author.slug), ...(category ? [categoryList(category.slug)] : [])];
}

/** Throws RuleError 'post.conflict' when somebody else changed the post since it was read. */
export async function savePost(table: Table, post: PostItem, change: Partial<PostItem>): Promise<PostItem> {
  const next: PostItem = { ...post, ...change, ver: post.ver + 1 };
  const visible = (p: PostItem) => JSON.stringify([p.title, p.slug, p.closed, p.status === 'published']);
  if (visible(next) !== visible(post)) next.tv = post.tv + 1;
  const saved = await table.put(
    metaKey(post.id),
    { ...next, ...shelf(next) },
    { expression: 'ver = :ver', values: { ':ver': post.ver } },
  );
  if (!saved && !(await isStored(table, next))) throw new RuleError('post.conflict', { post: post.slug });
  return next;
}

/** A write whose answer was lost is sent again by the SDK, and then refused by its own first success. */
async function isStored(table: Table, post: PostItem): Promise<boolean> {
  const stored = await getPost(table, post.id);
  return stored !== null && isDeepStrictEqual(bare(stored), bare(post));
}

const bare = (post: PostItem): PostItem => {
  const { id, kind, slug, formerly, title, excerpt, author, category, tags, status } = post;
  const { created, date, updated, rev, closed, pins, places, seen, tv, ver } = post;
  return {
    id,
    kind,
    slug,
    formerly,
    title,
    excerpt,
    author,
    category,
    tags,
    status,
    created,
    date,
    updated,
    rev,
    closed,
    pins,
    places,
    seen,
    tv,
    ver,
  };
};

const shelf = ({ kind, status, date, created, id }: PostItem) => ({
  shelf: shelfOf(status, kind),
  shelvedAt: `${date ?? created}#${id}`,
});

/** The partition of the index. */
export const shelfOf = (status: PostStatus, kind: PostKind = 'post') =>
  kind === 'post' ? status : `${kind}.${status}`;

/**
 * Access pattern `posts by status and date`: Query of the posts index, then META of each, consistent, since an index
 * may be late. `from` and `to` bound the date.
 */
export async function listPosts(
  table: Table,
  status: PostStatus,
  page: {
    kind?: PostKind;
    limit?: number;
    after?: Key | undefined;
    from?: string;
    to?: string;
    oldestFirst?: boolean;
  } = {},
): Promise<{ posts: PostItem[]; next: Key | undefined }> {
  const { items, next } = await table.query<Key>({
    pk: shelfOf(status, page.kind),
    index: 'posts',
    where: '#sk BETWEEN :from AND :to',
    values: { ':from': page.from ?? '0', ':to': page.to ?? '9999~' },
    descending: !page.oldestFirst,
    ...(page.limit ? { limit: page.limit } : {}),
    after: page.after as Record<string, unknown> | undefined,
  });
  const found = await Promise.all(items.map(({ pk, sk }) => table.get<PostItem>({ pk, sk })));
  return {
    posts: found.filter((post) => post?.status === status) as PostItem[],
    next: next as Key | undefined,
  };
}

/** Access pattern `count posts`: Query of the posts index, keys alone. For a progress bar: an index may be late. */
export async function countPosts(table: Table, statuses: readonly PostStatus[]): Promise<number> {
  let count = 0;
  for (const pk of statuses.flatMap((status) => [shelfOf(status), shelfOf(status, 'page')])) {
    let after: Record<string, unknown> | undefined;
    do {
      const { items, next } = await table.query<Key>({ pk, index: 'posts', after });
      count += items.length;
      after = next;
    } while (after);
  }
  return count;
}
