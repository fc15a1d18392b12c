import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Text that only a holder of the keys can read, and only where it was put: AES-256-GCM, with `place` as what must match.
 * `keys` are 32 bytes in hex each, oldest first; the last one seals. Gives `<number of the key>.<base64url>`.
 */
export function seal(keys: readonly string[], place: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(keys, keys.length), iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${keys.length}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** What was sealed. Throws an Error for another place, a key that is not there, and anything that was changed. */
export function unseal(keys: readonly string[], place: string, sealed: string): string {
  const [number = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv(CIPHER, keyOf(keys, Number(number)), iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function keyOf(keys: readonly string[], number: number): Buffer {
  const key = keys[number - 1];
  if (!key || !/^[0-9a-f]{64}$/.test(key)) throw new Error(`there is no key ${number}, of 64 hexadecimal digits`);
  return Buffer.from(key, 'hex');
}
