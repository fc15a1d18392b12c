import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSlug, excerptOf, nameSlug, RESERVED, slugify, yearsSince } from '../../functions/domain/post.ts';

test.each([
  ['Héllo, wörld!', 'hello-world'],
  ['  Talk WITH people — not at them ', 'talk-with-people-not-at-them'],
  ["It's Straße", 'its-strasse'],
  ['日本語', ''],
])('"%s" has the address "%s"', (title, slug) => {
  expect(slugify(title)).toBe(slug);
});

test('whatever a title gives is an address, or empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const slug = slugify(title);
      const reserved = RESERVED.some((word) => word === slug);
      if (slug && !reserved) expect(checkSlug(slug)).toBe(slug);
    }),
  );
});

test.each(['', 'Héllo', 'a--b', '-a', 'a-', 'a/b', '..', 'a'.repeat(81), ...RESERVED])(
  '"%s" is refused as an address',
  (slug) => {
    expect(() => checkSlug(slug)).toThrow('post.invalid');
  },
);

test('a name without Latin letters has an address all the same, always the same one', () => {
  expect(nameSlug('Οδυσσέας')).toMatch(/^[0-9a-f]{12}$/);
  expect(nameSlug('Οδυσσέας')).toBe(nameSlug('Οδυσσέας'.normalize('NFD')));
});

describe('whole years', () => {
  test.each([
    ['2020-06-14T00:00:00Z', '2026-11-22T12:00:00Z', 6],
    ['2020-11-22T23:59:00Z', '2026-11-22T00:00:00Z', 6],
    ['2020-11-23T00:00:00Z', '2026-11-22T23:59:00Z', 5],
    ['2026-01-01T00:00:00Z', '2026-11-22T00:00:00Z', 0],
    ['2024-02-29T00:00:00Z', '2025-02-28T00:00:00Z', 0],
    ['2024-02-29T00:00:00Z', '2025-03-01T00:00:00Z', 1],
    ['2027-01-01T00:00:00Z', '2026-11-22T00:00:00Z', 0],
  ])('from %s to %s are %i', (date, now, years) => {
    expect(yearsSince(date, new Date(now))).toBe(years);
  });
});

test('an excerpt ends between words', () => {
  const excerpt = excerptOf('chairs '.repeat(60));

  expect(excerpt.endsWith('chairs …')).toBe(true);
  expect(excerpt.length).toBeLessThanOrEqual(202);
});
