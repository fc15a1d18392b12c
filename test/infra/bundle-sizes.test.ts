import { expect, test } from 'vitest';
import { makeBundles } from '../bench/bundles.ts';

const bundles = await makeBundles();

test.each(bundles)('the bundle of $name is within its budget', ({ gzipped, limit }) => {
  if (limit !== null) expect(gzipped).toBeLessThanOrEqual(limit);
});

test('a function that sanitizes nothing brings no sanitizer', () => {
  const holds = (pkg: string) => bundles.filter(({ parts }) => parts.some(([name]) => name === pkg));

  expect(
    holds('sanitize-html')
      .map(({ name }) => name)
      .toSorted(),
  ).not.toContain('schedule');
  expect(holds('postcss')).toEqual([]);
  expect(holds('@aws-sdk/credential-provider-node')).toEqual([]);
});
