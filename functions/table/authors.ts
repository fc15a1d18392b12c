import { lookOf } from '../domain/lookalike.ts';
import { nameSlug } from '../domain/post.ts';
import { authorKey, type Key, lookKey, termKey } from './keys.ts';
import { schema } from './schema.ts';
import type { Table } from './table.ts';

/** `ver` is raised by each change, since the author's pages show it. */
export interface AuthorItem {
  slug: string;
  name: string;
  bio: string;
  links: { label: string; href: string }[];
  ver: number;
}

export interface TermItem {
  slug: string;
  name: string;
  ver: number;
}

/** Stands under the slug that a later name would have, so that whoever types that name means the same. */
interface Alias {
  is?: string;
}

/** Access pattern `author`: GetItem, consistent; one more where a later name has the slug. */
export async function findAuthor(table: Table, slug: string): Promise<AuthorItem | null> {
  const found = await table.get<AuthorItem & Alias>(authorKey(slug));
  return found?.is ? table.get<AuthorItem>(authorKey(found.is)) : found;
}

/** Access pattern `term`: GetItem, consistent; one more where a later name has the slug. */
export async function findTerm(table: Table, slug: string): Promise<TermItem | null> {
  const found = await table.get<TermItem & Alias>(termKey(slug));
  return found?.is ? table.get<TermItem>(termKey(found.is)) : found;
}

/** Access pattern `author by look`: GetItem, consistent: the slug of an author whose name looks like this one, or null. */
export async function authorLookingLike(table: Table, name: string): Promise<string | null> {
  const look = lookOf(name);
  return look === '' ? null : ((await table.get<{ author: string }>(lookKey(look)))?.author ?? null);
}

/**
 * Access pattern `name an author`: PutItem if absent, and of what the name looks like. An author not known yet is
 * created by name.
 */
export async function nameAuthor(table: Table, slug: string, name: string): Promise<AuthorItem> {
  const fresh: AuthorItem = { slug, name, bio: '', links: [], ver: 1 };
  await table.putIfAbsent(lookKey(lookOf(name) || slug), { author: slug });
  return (await table.putIfAbsent(authorKey(slug), { ...fresh, ...shelved('authors', slug) }))
    ? fresh
    : ((await findAuthor(table, slug)) ?? fresh);
}

/** Access pattern `name a category`: PutItem if absent. */
export async function nameTerm(table: Table, slug: string, name: string): Promise<TermItem> {
  const fresh: TermItem = { slug, name, ver: 1 };
  return (await table.putIfAbsent(termKey(slug), { ...fresh, ...shelved('categories', slug) }))
    ? fresh
    : ((await findTerm(table, slug)) ?? fresh);
}

/** Access pattern `describe an author`: UpdateItem of bio and links. Null: there is no such author. */
export function describeAuthor(table: Table, slug: string, { bio, links }: Pick<AuthorItem, 'bio' | 'links'>) {
  return table.update<AuthorItem>(authorKey(slug), {
    set: 'bio = :bio, links = :links, ver = ver + :one',
    condition: 'attribute_exists(pk)',
    values: { ':bio': bio, ':links': links, ':one': 1 },
  });
}

export type Saved = 'saved' | 'changed' | 'name-taken';

/**
 * Access pattern `save an author`: PutItem of LOOK and of the slug that the name would have, each if absent, then of
 * AUTHOR if `ver` is the one before.
 */
export async function saveAuthor(table: Table, author: AuthorItem): Promise<Saved> {
  if (!(await takeName(table, authorKey, author))) return 'name-taken';
  await table.putIfAbsent(lookKey(lookOf(author.name) || author.slug), { author: author.slug });
  return saveIf(table, authorKey(author.slug), { ...author, ...shelved('authors', author.slug) });
}

/** Access pattern `save a category`: PutItem of the slug that the name would have if absent, then of TERM if `ver` is the one before. */
export async function saveTerm(table: Table, term: TermItem): Promise<Saved> {
  if (!(await takeName(table, termKey, term))) return 'name-taken';
  return saveIf(table, termKey(term.slug), { ...term, ...shelved('categories', term.slug) });
}

async function saveIf(table: Table, key: Key, item: { ver: number }): Promise<Saved> {
  const known = item.ver - 1;
  const saved =
    known === 0
      ? await table.putIfAbsent(key, item)
      : await table.put(key, item, { expression: 'ver = :known', values: { ':known': known } });
  return saved ? 'saved' : 'changed';
}

/** False: another has it, or had it. */
async function takeName(table: Table, keyOf: (slug: string) => Key, named: { slug: string; name: string }) {
  const key = keyOf(nameSlug(named.name));
  if (nameSlug(named.name) === named.slug || (await table.putIfAbsent(key, { is: named.slug }))) return true;
  return (await table.get<Alias>(key))?.is === named.slug;
}

/** Access pattern `authors`: Query of the posts index, then AUTHOR of each, consistent, since an index may be late. */
export const listAuthors = (table: Table, page: Page) => listShelf<AuthorItem>(table, 'authors', authorKey, page);

/** Access pattern `categories`: Query of the posts index, then TERM of each, consistent. */
export const listTerms = (table: Table, page: Page) => listShelf<TermItem>(table, 'categories', termKey, page);

interface Page {
  limit: number;
  /** The slug after which it goes on. */
  after?: string | undefined;
}

const { partitionKey, sortKey } = schema.indexes.posts;

type Shelf = 'authors' | 'categories';

const shelved = (shelf: Shelf, slug: string) => ({ [partitionKey]: shelf, [sortKey]: slug });

async function listShelf<T>(table: Table, shelf: Shelf, keyOf: (slug: string) => Key, { limit, after }: Page) {
  const { items, next } = await table.query<Key & Record<string, string>>({
    pk: shelf,
    index: 'posts',
    limit,
    after: after === undefined ? undefined : { ...keyOf(after), ...shelved(shelf, after) },
  });
  const found = await Promise.all(items.map(({ pk, sk }) => table.get<T & object>({ pk, sk })));
  return { found: found.filter((item) => item !== null) as T[], next: next ? String(next[sortKey]) : null };
}
