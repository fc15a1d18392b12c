import { RuleError } from '../domain/errors.ts';
import type { Key } from '../table/keys.ts';

/** Where a list goes on: opaque to whoever holds it, checked when it comes back. */
export const encodeCursor = (key: Key) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws RuleError 'query.invalid' for anything that encodeCursor did not make. */
export function decodeCursor(cursor: string): Key {
  const refuse = (cause?: unknown) =>
    new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' }, { cause });
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw refuse(cause);
  }
  if (!isStrings(key)) throw refuse();
  return key;
}

const isStrings = (value: unknown): value is Key =>
  typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'string');
