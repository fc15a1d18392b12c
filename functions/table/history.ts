import type { Found } from './comment-items.ts';
import { findComment } from './comments.ts';
import { type Key, parseKey } from './keys.ts';
import type { Item, Table } from './table.ts';

export interface Stretch {
  limit: number;
  after?: Item | undefined;
}

/** Access pattern `comments of a person`: Query of the byPerson index, newest first, then each by its id, consistent. */
export const commentsOfPerson = (table: Table, person: string, page: Stretch) =>
  read(table, { pk: person, index: 'byPerson', descending: true, ...page });

/**
 * Access pattern `comments of a month`: Query of the byMonth index, then each by its id, consistent. `from` is the first
 * moment, oldest first; without one, newest first.
 */
export const commentsOfMonth = (table: Table, month: string, { from, ...page }: Stretch & { from?: string }) =>
  read(table, {
    pk: month,
    index: 'byMonth',
    descending: from === undefined,
    ...(from === undefined ? {} : { where: '#sk > :from', values: { ':from': `${from}#~` } }),
    ...page,
  });

async function read(table: Table, range: Parameters<Table['query']>[0]) {
  const { items, next } = await table.query<Key>(range);
  const ids = new Set(items.map(idOf));
  const found = await Promise.all([...ids].map((id) => findComment(table, id)));
  return { comments: found.filter((comment): comment is Found => comment !== null), next };
}

function idOf(key: Key): string {
  const parsed = parseKey(key);
  if (parsed.kind !== 'wait' && parsed.kind !== 'bind')
    throw new Error(`${key.pk} ${key.sk} is not a comment's own item`);
  return parsed.id;
}
