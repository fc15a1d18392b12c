import { createChallenge, extractParams } from 'altcha-lib/v1';
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

const ALGORITHM = 'SHA-256';

/** A challenge for one article, signed. */
export async function challengeFor(key: string, slug: string, { work, minutes, seconds }: Work, now: Date) {
  const challenge = await createChallenge({
    algorithm: ALGORITHM,
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

/** What a solution proves for this article; null: nothing, since it is none, or another's, or too old. */
export async function checkProof(
  key: string,
  given: string,
  slug: string,
  { seconds }: Work,
  now: Date,
): Promise<Proof> {
  const found = v.safeParse(solution, fromBase64(given));
  if (!found.success) return null;
  const { challenge, number, salt, signature } = found.output;
  const made = await createChallenge({ algorithm: ALGORITHM, hmacKey: key, number, salt });
  if (!sameHash(made.challenge, challenge) || !sameHash(made.signature, signature)) return null;
  const { for: meantFor, at, expires } = extractParams({ salt } as never);
  if (meantFor !== slug || Number(expires) * 1000 <= now.getTime()) return null;
  const hasty = now.getTime() - Number(at) < seconds * 1000;
  return { fact: hasty ? 'hasty' : 'proved', nonce: challenge };
}

function fromBase64(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    return null;
  }
}
