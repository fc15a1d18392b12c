import { expect, test } from 'vitest';
import { reckon, reckonHeld, reckonNaive } from '../../infra/cost/reckon.ts';
import { stoa, temporaryFolder } from '../support/process.ts';

test('a million views cost at most $2.60 without any free tier', () => {
  expect(reckon({ views: 1_000_000, comments: 0 }, { standing: false }).dollars).toBeLessThanOrEqual(2.6);
});

/** The plan was $0.02: see docs/decisions/022. */
test('a thousand comments cost at most $0.03 without any free tier', () => {
  expect(reckon({ views: 0, comments: 1000 }, { standing: false }).dollars).toBeLessThanOrEqual(0.03);
});

test('a flood that nothing refuses costs less for each comment than a conversation that is published', () => {
  const flood = reckonHeld(1000);
  const said = reckon({ views: 0, comments: 1000 }, { standing: false });

  expect(flood.dollars).toBeGreaterThan(0);
  expect(flood.dollars).toBeLessThan(said.dollars);
});

test('a blog that nobody reads costs what stands, and nothing grows faster than what is read and said', () => {
  const still = reckon({ views: 0, comments: 0 });
  const one = reckon({ views: 1000, comments: 10 }, { standing: false });
  const hundred = reckon({ views: 100_000, comments: 1000 }, { standing: false });

  expect(still.dollars).toBeLessThan(2);
  expect(hundred.dollars).toBeCloseTo(one.dollars * 100, 6);
});

test('finished pages cost less than a function and the table behind each view', () => {
  const traffic = { views: 10_000_000, comments: 100_000 };

  expect(reckon(traffic).dollars).toBeLessThan(reckonNaive(traffic).dollars / 1.5);
});

test('the command says it line by line, and in JSON, and refuses what is no number', async () => {
  await using folder = await temporaryFolder();
  const args = ['cost', '--views', '10000000', '--comments', '100000'];

  const [text, json, refused] = await Promise.all([
    stoa(folder.path, args),
    stoa(folder.path, [...args, '--json']),
    stoa(folder.path, ['cost', '--views', 'many', '--comments', '1']),
  ]);

  expect(text.stdout).toMatch(/^CloudFront, requests +[\d,]+ +\$1 \/ 1,000,000 +\$/m);
  expect(text.stdout).toMatch(/^in all /m);
  expect(JSON.parse(json.stdout)).toMatchObject({ stoa: { dollars: expect.any(Number) }, naive: expect.anything() });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('whole number')]);
});
