import { RuleError } from '../domain/errors.ts';
import { parseKey } from '../table/keys.ts';
import { type Index, schema } from '../table/schema.ts';
import type { Item } from '../table/table.ts';

/** Where a listing goes on, in the partition of an index: opaque to whoever holds it. */
export function encodePlace(index: Index, next: Item): string {
  const { partitionKey, sortKey } = schema.indexes[index];
  return Buffer.from(JSON.stringify([next.pk, next.sk, next[partitionKey], next[sortKey]])).toString('base64url');
}

/** The moment that a listing has come to: the index's places begin with it. */
export function reachedBy(index: Index, next: Item): string {
  return String(next[schema.indexes[index].sortKey]).split('#')[0] ?? '';
}

/** The key is built anew, and only of texts. Throws RuleError 'query.invalid' for anything that encodePlace did not make. */
export function decodePlace(index: Index, cursor: string): Item & { partition: string } {
  const { partitionKey, sortKey } = schema.indexes[index];
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === 'string' && part !== '')) {
    throw refusal();
  }
  const [pk, sk, partition, place] = parts;
  try {
    parseKey({ pk, sk });
  } catch {
    throw refusal();
  }
  return { partition, pk, sk, [partitionKey]: partition, [sortKey]: place };
}

/** The key alone, as a query goes on from it. */
export function bare({ partition: _, ...key }: Item & { partition: string }): Item {
  return key;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

const refusal = () => new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
