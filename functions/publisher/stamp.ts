import { createHash } from 'node:crypto';

/**
 * The versions of everything a page was made from, as one short word in its body. Without it A -> B -> A would give
 * the first bytes again, and with them the first ETag, which If-Match then takes for unchanged.
 */
export function stamp(...versions: readonly (string | number | boolean | null)[]): string {
  return createHash('sha256').update(JSON.stringify(versions)).digest('base64url').slice(0, 16);
}
