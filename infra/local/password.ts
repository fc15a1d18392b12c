import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Base64url; scrypt with Node's own cost. */
export interface PasswordHash {
  salt: string;
  hash: string;
}

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const BYTES = 32;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, BYTES);
  return { salt: salt.toString('base64url'), hash: hash.toString('base64url') };
}

export async function isPassword(given: string, { salt, hash }: PasswordHash): Promise<boolean> {
  const derived = await derive(given, Buffer.from(salt, 'base64url'), BYTES);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}
