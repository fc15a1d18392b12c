import { RuleError } from '../domain/errors.ts';
import { type Key, metaKey } from '../table/keys.ts';
import { schema } from '../table/schema.ts';

const { partitionKey, sortKey } = schema.indexes.posts;

/** Date and id of a post, as the index sorts them. */
const PLACE = /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z#([0-9a-f]{32})$/;

/** Where a list of posts goes on: opaque to whoever holds it. */
export const encodeCursor = (next: Key & { [sortKey]?: string }): string =>
  Buffer.from(next[sortKey] ?? '').toString('base64url');

/**
 * The key is built anew: one that is not of this index and shelf makes DynamoDB refuse the query. Throws RuleError
 * 'query.invalid' for anything that encodeCursor did not make.
 */
export function decodeCursor(cursor: string, shelf: string): Key {
  const place = Buffer.from(cursor, 'base64url').toString();
  const [, id] = PLACE.exec(place) ?? [];
  if (!id) throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
  const start = { ...metaKey(id), [partitionKey]: shelf, [sortKey]: place };
  return start;
}
