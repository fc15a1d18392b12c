import { lookOf } from '../domain/lookalike.ts';
import { authorKey, lookKey, termKey } from './keys.ts';
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

/** Access pattern `author`: GetItem, consistent. */
export const findAuthor = (table: Table, slug: string) => table.get<AuthorItem>(authorKey(slug));

/** Access pattern `term`: GetItem, consistent. */
export const findTerm = (table: Table, slug: string) => table.get<TermItem>(termKey(slug));

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
  return (await table.putIfAbsent(authorKey(slug), fresh)) ? fresh : ((await findAuthor(table, slug)) ?? fresh);
}

/** Access pattern `name a category`: PutItem if absent. */
export async function nameTerm(table: Table, slug: string, name: string): Promise<TermItem> {
  const fresh: TermItem = { slug, name, ver: 1 };
  return (await table.putIfAbsent(termKey(slug), fresh)) ? fresh : ((await findTerm(table, slug)) ?? fresh);
}

/** Access pattern `describe an author`: UpdateItem of bio and links. Null: there is no such author. */
export function describeAuthor(table: Table, slug: string, { bio, links }: Pick<AuthorItem, 'bio' | 'links'>) {
  return table.update<AuthorItem>(authorKey(slug), {
    set: 'bio = :bio, links = :links, ver = ver + :one',
    condition: 'attribute_exists(pk)',
    values: { ':bio': bio, ':links': links, ':one': 1 },
  });
}
