import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from '../../functions/domain/seal.ts';

const key = () => randomBytes(32).toString('hex');
const first = key();

test('what was sealed is read back, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
      expect(unseal([first], place, seal([first], place, text))).toBe(text);
    }),
  );
});

test('the same address never looks the same twice', () => {
  expect(seal([first], 'p', 'mira@example.org')).not.toBe(seal([first], 'p', 'mira@example.org'));
});

test('what an older key sealed is read after a newer one came, which seals from then on', () => {
  const before = seal([first], 'p', 'mira@example.org');
  const keys = [first, key()];

  expect(unseal(keys, 'p', before)).toBe('mira@example.org');
  expect(seal(keys, 'p', 'mira@example.org')).toMatch(/^2\./);
  expect(() => unseal([first], 'p', seal(keys, 'p', 'mira@example.org'))).toThrow('there is no key 2');
});

test.each([
  ['another place', (sealed: string) => [first, 'q', sealed]],
  ['another key', (sealed: string) => [key(), 'p', sealed]],
  ['a changed byte', (sealed: string) => [first, 'p', sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))]],
  ['a short tag', (sealed: string) => [first, 'p', sealed.slice(0, 24)]],
  ['nothing', () => [first, 'p', '']],
] as const)('%s reads nothing', (_, change) => {
  const [under = '', place = '', sealed = ''] = change(seal([first], 'p', 'mira@example.org'));

  expect(() => unseal([under], place, sealed)).toThrow();
});
