import {
  createHmac,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { normalise } from './text.ts';

/** Ids that a stranger cannot guess, and hashes under the site's identity key. */

export const randomId = () => randomUUID().replaceAll('-', '');

/** The token of one browser: 32 random bytes. Only its hash is stored. */
export const readerToken = () => fresh(32).toString('base64url');
export const readerHash = (token: string) => hash('sha256', token, 'base64url');

export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** What stands for an e-mail address in the table. */
export const addressHash = (key: string, address: string) => hmac(key, 'address', [address.trim().toLowerCase()]);

/** The same words by the same person under the same parent are the same comment. */
export const commentId = (key: string, of: { post: string; parent: string | null; person: string; source: string }) =>
  hmac(key, 'comment', [of.post, of.parent ?? '', of.person, normalise(of.source)], 'hex').slice(0, 32);

/** Where somebody writes from, for one UTC day: on the next it is another, and nothing links the two. */
export const viewerHash = (key: string, network: string, day: string) => hmac(key, 'viewer', [day, network]);

/** What a link that stops a person's mail must bear. `key` is one of its own. */
export const stopMark = (key: string, person: string) => hmac(key, 'stop', [person]);

/** Who reported a comment: where they write from, in a form that is of use for this comment alone. */
export const reporterHash = (key: string, comment: string, network: string) => hmac(key, 'report', [comment, network]);

/** 0-5: the colour a person has on every page of the site, which tells nothing about their address. */
export const hueOf = (key: string, person: string) =>
  Number.parseInt(hmac(key, 'hue', [person], 'hex').slice(0, 4), 16) % 6;

function hmac(key: string, purpose: string, parts: readonly string[], as: 'base64url' | 'hex' = 'base64url'): string {
  const message = parts.reduce((text, part) => `${text}\0${Buffer.byteLength(part)}\0${part}`, purpose);
  return createHmac('sha256', secretOf(key)).update(message).digest(as);
}

let pool = Buffer.alloc(0);

/** Random bytes, each given once. Drawn many at a time, as Node draws those of its UUIDs: a draw costs the same for 32 and for thousands. */
function fresh(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(bytes * 128);
  const drawn = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return drawn;
}

let last: { key: string; secret: KeyObject } | undefined;

/** A function has one key for its whole life, and making it ready costs as much as using it. */
function secretOf(key: string): KeyObject {
  if (last?.key !== key) last = { key, secret: createSecretKey(key, 'utf8') };
  return last.secret;
}
