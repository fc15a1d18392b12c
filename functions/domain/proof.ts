import { createHmac, hash } from 'node:crypto';
import { createChallenge } from 'altcha-lib/v1';
import * as v from 'valibot';
import { sameHash } from './identity.ts';

/** ALTCHA's proof of work: a number is found whose hash with the salt is the challenge. Nothing is kept of a challenge. */
export interface Work {
  /** The number is at most this; half of it is tried on average. */
  work: number;
  /** So long a challenge may be answered. */
  minutes: number;
  /** So long a person takes at least from the first letter to the last. */
  seconds: number;
}

/** A challenge for one article, signed. */
export async function challengeFor(key: string, slug: string, { work, minutes, seconds }: Work, now: Date) {
  const challenge = await createChallenge({
    algorithm: 'SHA-256',
    hmacKey: key,
    maxNumber: work,
    expires: new Date(now.getTime() + minutes * 60_000),
    params: { for: slug, at: String(now.getTime()) },
  });
  return { ...challenge, minutes, seconds };
}

const solution = v.object({
  challenge: v.string(),
  number: v.pipe(v.number(), v.integer(), v.minValue(0)),
  salt: v.string(),
  signature: v.string(),
});

export type Proof = { fact: 'proved' | 'hasty'; nonce: string } | null;

/**
 * What a solution proves for this article; null: nothing, since it is none, or another's, or too old. The library checks
 * one with WebCrypto, in ten times the time, and compares signatures as any text.
 */
export function checkProof(key: string, given: string, slug: string, { seconds }: Work, now: Date): Proof {
  const found = v.safeParse(solution, fromBase64(given));
  if (!found.success) return null;
  const { challenge, number, salt, signature } = found.output;
  if (!sameHash(createHmac('sha256', key).update(challenge).digest('hex'), signature)) return null;
  if (!salt.endsWith('&') || !sameHash(hash('sha256', salt + number), challenge)) return null;
  const signed = new URLSearchParams(salt.split('?')[1]);
  if (signed.get('for') !== slug || Number(signed.get('expires')) * 1000 <= now.getTime()) return null;
  const hasty = now.getTime() - Number(signed.get('at')) < seconds * 1000;
  return { fact: hasty ? 'hasty' : 'proved', nonce: challenge };
}

function fromBase64(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    return null;
  }
}
