import { createChallenge, verifySolution } from 'altcha-lib/v1';
import { expect, test } from 'vitest';
import { challengeFor, checkProof } from '../../functions/domain/proof.ts';
import { solve } from '../support/proof.ts';

const KEY = 'a-key';
const WORK = { work: 50, minutes: 10, seconds: 3 };
const NOON = new Date('2026-11-22T12:00:00.000Z');
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

const challenge = await challengeFor(KEY, 'rooms', WORK, NOON);
const proof = await solve(challenge);
const read = (text: string) => JSON.parse(Buffer.from(text, 'base64').toString());
const written = (of: object) => Buffer.from(JSON.stringify(of)).toString('base64');

test('an answer proves itself from three seconds on, for ten minutes', async () => {
  const facts = [2.999, 3, 599, 600].map(
    async (seconds) => (await checkProof(KEY, proof, 'rooms', WORK, later(seconds)))?.fact,
  );

  expect(await Promise.all(facts)).toEqual(['hasty', 'proved', 'proved', undefined]);
});

test.each<[string, string, string?]>([
  ['for another article', proof, 'chairs'],
  ['with another number', written({ ...read(proof), number: read(proof).number + 1 })],
  ['with a number that is none', written({ ...read(proof), number: '7' })],
  [
    'with a longer life',
    written({ ...read(proof), salt: read(proof).salt.replace(/expires=\d+/, 'expires=99999999999') }),
  ],
  [
    'for the article it was changed to',
    written({ ...read(proof), salt: read(proof).salt.replace('rooms', 'chairs') }),
    'chairs',
  ],
  [
    'with parameters spliced into the salt',
    written({ ...read(proof), salt: `${read(proof).salt}for=chairs&` }),
    'chairs',
  ],
  [
    'that somebody signed themselves',
    written({
      ...read(proof),
      ...(await createChallenge({ hmacKey: 'theirs', number: read(proof).number, salt: read(proof).salt })),
      number: read(proof).number,
    }),
  ],
  ['without a signature', written({ ...read(proof), signature: '' })],
  ['that is no answer', written([])],
  ['that is no JSON', 'AAAA'],
  ['that is nothing', ''],
])('an answer %s proves nothing', async (_, given, slug = 'rooms') => {
  expect(await checkProof(KEY, given, slug, WORK, later(5))).toBeNull();
});

test('what the library takes, and nothing that it refuses, is an answer', async () => {
  const wrong = written({ ...read(proof), number: read(proof).number + 1 });

  expect(await Promise.all([proof, wrong].map((given) => verifySolution(given, KEY, false)))).toEqual([true, false]);
  expect([proof, wrong].map((given) => checkProof(KEY, given, 'rooms', WORK, later(5)) !== null)).toEqual([
    true,
    false,
  ]);
});

test('two challenges are never the same', async () => {
  expect((await challengeFor(KEY, 'rooms', WORK, NOON)).salt).not.toBe(challenge.salt);
});
