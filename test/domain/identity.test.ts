import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressHash, commentId, hueOf, readerHash, readerToken, sameHash } from '../../functions/domain/identity.ts';

const of = { post: 'p', parent: null, person: 'ann', source: 'Hello  there' };

test('the same words by the same person in the same place are the same comment, however they are spaced', () => {
  expect(commentId('k', { ...of, source: ' Hello there\r\n' })).toBe(commentId('k', of));
});

test.each([
  ['another post', { post: 'q' }],
  ['another parent', { parent: '1-1' }],
  ['another person', { person: 'bob' }],
  ['other words', { source: 'Hello here' }],
])('%s makes another comment', (_, change) => {
  expect(commentId('k', { ...of, ...change })).not.toBe(commentId('k', of));
});

test('no two ways of cutting the parts give the same id', () => {
  expect(commentId('k', { ...of, post: 'ab', person: 'c' })).not.toBe(
    commentId('k', { ...of, post: 'a', person: 'bc' }),
  );
});

test('an address has one hash however it is typed, and another one under another key', () => {
  expect(addressHash('k', ' Ann@Example.org ')).toBe(addressHash('k', 'ann@example.org'));
  expect(addressHash('k', 'ann@example.org')).not.toBe(addressHash('other', 'ann@example.org'));
});

test('a browser’s token has 32 random bytes, and its hash does not give it away', () => {
  const token = readerToken();

  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(readerHash(token)).not.toContain(token);
  expect(sameHash(readerHash(token), readerHash(token))).toBe(true);
  expect(sameHash(readerHash(token), readerHash(readerToken()))).toBe(false);
});

test('a colour is one of six, and always the same for a person', () => {
  fc.assert(
    fc.property(fc.string(), (person) => {
      expect(hueOf('k', person)).toBe(hueOf('k', person));
      expect([0, 1, 2, 3, 4, 5]).toContain(hueOf('k', person));
    }),
  );
});
