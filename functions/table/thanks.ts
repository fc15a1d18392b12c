import { thankKey, thanksKey } from './keys.ts';
import type { Table } from './table.ts';

const KEPT_SECONDS = 30 * 86_400;

/**
 * Access pattern `thank`: PutItem of the reader's thanks if absent, then UpdateItem of how many thanked. The same reader
 * again changes nothing; a crash between the two loses one, which nobody is told to count on.
 */
export async function thank(
  table: Table,
  post: string,
  ref: string,
  { reader, at }: { reader: string; at: string },
): Promise<void> {
  const ttl = Math.ceil(Date.parse(at) / 1000) + KEPT_SECONDS;
  if (!(await table.putIfAbsent(thankKey(post, ref, reader), { at, ttl }))) return;
  await table.update(thanksKey(post, ref), {
    set: 'n = if_not_exists(n, :none) + :one',
    values: { ':none': 0, ':one': 1 },
  });
}

/** Access pattern `thanks for a comment`: GetItem, consistent. How many thanked for it. */
export async function thanksFor(table: Table, post: string, ref: string): Promise<number> {
  return (await table.get<{ n: number }>(thanksKey(post, ref)))?.n ?? 0;
}
