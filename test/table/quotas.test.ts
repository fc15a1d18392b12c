import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketKey } from '../../functions/table/keys.ts';
import { chargeAddress, chargePost, type Rate } from '../../functions/table/quotas.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const NOON = Date.parse('2026-11-22T12:00:00.000Z');
const MIDNIGHT = Date.parse('2026-11-23T00:00:00.000Z');
const ADDRESS: Rate = { perMinute: 1, burst: 5, perDay: 30 };
const POST: Rate = { perMinute: 20, burst: 40 };

let buckets = 0;
const bucket = () => `b${++buckets}`;
const admitted = (answers: readonly (number | null)[]) => answers.filter((answer) => answer === null).length;

/** A leaky bucket as it is written down: what was admitted drains one by one. */
function reference({ perMinute, burst, perDay = Number.POSITIVE_INFINITY }: Rate) {
  let [full, at, n] = [0, 0, 0];
  return (now: number): boolean => {
    full = Math.max(0, full - ((now - at) * perMinute) / 60_000);
    at = now;
    if (n >= perDay || full > burst - 1 + 1e-9) return false;
    full += 1;
    n += 1;
    return true;
  };
}

test('a bucket admits what a leaky bucket admits, whatever the times between', async () => {
  const rate = fc.record({
    perMinute: fc.constantFrom(1, 6, 20, 60),
    burst: fc.integer({ min: 1, max: 5 }),
    perDay: fc.constantFrom(3, 7, 1000),
  });
  const gaps = fc.array(fc.constantFrom(0, 1, 500, 1_000, 2_999, 3_000, 10_000, 59_999, 60_000, 300_000), {
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(rate, gaps, async (limits, waits) => {
      const whose = { today: bucket(), yesterday: bucket };
      const admits = reference(limits);
      let now = NOON;
      for (const wait of waits) {
        now += wait;
        const answer = await chargeAddress(world.table, 'comment', whose, limits, new Date(now));
        expect(answer === null).toBe(admits(now));
      }
    }),
    { numRuns: 40 },
  );
});

describe('of 100 at once', () => {
  test('five are let in from one address', async () => {
    const whose = { today: bucket(), yesterday: bucket };

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => chargeAddress(world.table, 'comment', whose, ADDRESS, new Date(NOON))),
    );

    expect(admitted(answers)).toBe(5);
    expect(await world.table.get(bucketKey('comment', whose.today))).toMatchObject({ n: 5 });
  });

  test('forty are let in on one article', async () => {
    const post = bucket();

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => chargePost(world.table, post, POST, new Date(NOON))),
    );

    expect(admitted(answers)).toBe(40);
  });

  test('also where their clocks disagree, no more than the slowest and the fastest allow', async () => {
    const post = bucket();

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => chargePost(world.table, post, POST, new Date(NOON + (i % 7) * 500))),
    );

    expect(admitted(answers)).toBeGreaterThanOrEqual(40);
    expect(admitted(answers)).toBeLessThanOrEqual(41);
  });
});

test('who is refused hears when to come back, and is let in then', async () => {
  const whose = { today: bucket(), yesterday: bucket };
  const at = (ms: number) => chargeAddress(world.table, 'comment', whose, ADDRESS, new Date(NOON + ms));
  for (let i = 0; i < 5; i += 1) await at(0);

  const seconds = await at(10_000);

  expect(seconds).toBe(50);
  expect(await at(59_000)).toBe(1);
  expect(await at(60_000)).toBeNull();
});

test('the thirty-first of a day waits for the next', async () => {
  const whose = { today: bucket(), yesterday: bucket };
  const at = (minute: number) =>
    chargeAddress(world.table, 'comment', whose, ADDRESS, new Date(NOON + minute * 60_000));
  for (let minute = 0; minute < 30; minute += 1) expect(await at(minute)).toBeNull();

  expect(await at(30)).toBe((MIDNIGHT - NOON) / 1000 - 30 * 60);
});

test('midnight forgives nothing: the bucket of the day before counts until it is empty', async () => {
  const [monday, tuesday] = [bucket(), bucket()];
  const before = new Date(MIDNIGHT - 1_000);
  const after = (ms: number) => new Date(MIDNIGHT + ms);
  const today = { today: tuesday, yesterday: () => monday };
  for (let i = 0; i < 5; i += 1) {
    await chargeAddress(world.table, 'comment', { today: monday, yesterday: bucket }, ADDRESS, before);
  }

  expect(await chargeAddress(world.table, 'comment', today, ADDRESS, after(1_000))).toBe(58);
  expect(await chargeAddress(world.table, 'comment', today, ADDRESS, after(59_000))).toBeNull();
  expect(await chargeAddress(world.table, 'comment', today, ADDRESS, after(60_000))).toBe(59);
});

test('a bucket is forgotten by the table two days after it could still refuse', async () => {
  const post = bucket();

  await chargePost(world.table, post, POST, new Date(NOON));

  const { ttl = 0 } = (await world.table.get<{ ttl: number }>(bucketKey('post', post))) ?? {};
  expect(ttl * 1000 - NOON).toBeGreaterThan(2 * 86_400_000);
  expect(ttl * 1000 - NOON).toBeLessThan(3 * 86_400_000);
});
