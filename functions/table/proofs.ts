import { proofKey } from './keys.ts';
import type { Table } from './table.ts';

/** Longer than any challenge lives. */
const KEPT_SECONDS = 2 * 86_400;

/**
 * Access pattern `spend a proof`: PutItem if absent, else GetItem, consistent. Of any number at once one wins; the same
 * comment sent again may show the same proof.
 */
export async function spendProof(table: Table, nonce: string, comment: string, now: Date): Promise<boolean> {
  const ttl = Math.ceil(now.getTime() / 1000) + KEPT_SECONDS;
  if (await table.putIfAbsent(proofKey(nonce), { comment, ttl })) return true;
  return (await table.get<{ comment: string }>(proofKey(nonce)))?.comment === comment;
}
