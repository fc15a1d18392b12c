import { listEntryKey, listHeadKey, listPk } from './keys.ts';
import { queryAll, type Table } from './table.ts';

/**
 * Archive, category and author pages are cut like a thread: a post takes a place in each of its lists when it is first
 * published and keeps it, so that publishing or withdrawing one never renumbers the pages of the others.
 */
export const PAGE = 10;

export const ARCHIVE = 'all';
export const categoryList = (slug: string) => `category:${slug}`;
export const authorList = (slug: string) => `author:${slug}`;

export const pageOf = (place: number) => Math.ceil(place / PAGE);

/** The first place that a list's front page shows: the newest 10 to 19. */
export const frontFrom = (places: number) => Math.max(1, (Math.floor(places / PAGE) - 1) * PAGE + 1);

/** Access pattern `take a place`: UpdateItem of the list's HEAD, PutItem of the entry. Places not used stay empty. */
export async function takePlace(table: Table, list: string, post: string): Promise<number> {
  const head = await table.update<{ n: number }>(listHeadKey(list), {
    set: 'n = if_not_exists(n, :zero) + :one',
    values: { ':zero': 0, ':one': 1 },
  });
  if (!head) throw new Error('an update without a condition was refused');
  await table.put(listEntryKey(list, head.n), { post });
  return head.n;
}

/** Access pattern `places of a list`: GetItem, consistent. How many were ever given. */
export async function places(table: Table, list: string): Promise<number> {
  return (await table.get<{ n: number }>(listHeadKey(list)))?.n ?? 0;
}

/** Access pattern `page of a list`: Query of at most 19 entries, consistent. */
export async function entries(table: Table, list: string, from: number, to: number) {
  const items = await queryAll<{ post: string }>(table, {
    pk: listPk(list),
    where: '#sk BETWEEN :from AND :to',
    values: { ':from': listEntryKey(list, from).sk, ':to': listEntryKey(list, to).sk },
  });
  return items.map(({ post, sk }) => ({ post, place: Number(sk.slice(2)) }));
}
