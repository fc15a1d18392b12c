import { expect, test } from 'vitest';
import { routeThrottle } from '../../infra/local/throttle.ts';

const limits = {
  comment: { rate: 5, burst: 10 },
  challenge: { rate: 10, burst: 20 },
  admin: null,
  subscribe: null,
  rest: { rate: 0.5, burst: 1 },
};

function clock() {
  let at = 1_000_000;
  return { now: () => at, pass: (milliseconds: number) => (at += milliseconds) };
}

function count(passes: () => boolean, tries: number): number {
  return Array.from({ length: tries }, passes).filter(Boolean).length;
}

test('a burst passes and the next is refused', () => {
  const passes = routeThrottle(limits, clock().now);

  expect(count(() => passes('POST /a', 'comment'), 30)).toBe(10);
});

test('permits come back at the rate, up to the burst', () => {
  const time = clock();
  const passes = routeThrottle(limits, time.now);
  count(() => passes('POST /a', 'comment'), 30);

  time.pass(600);
  const soon = count(() => passes('POST /a', 'comment'), 30);
  time.pass(3_600_000);
  const later = count(() => passes('POST /a', 'comment'), 30);

  expect([soon, later]).toEqual([3, 10]);
});

test('each route has a bucket of its own', () => {
  const passes = routeThrottle(limits, clock().now);

  expect([passes('GET /a', 'rest'), passes('GET /b', 'rest'), passes('GET /a', 'rest')]).toEqual([true, true, false]);
});

test('null switches one throttle off, or all', () => {
  const one = routeThrottle(limits, clock().now);
  const all = routeThrottle(null, clock().now);

  expect(count(() => one('GET /a', 'admin'), 1000)).toBe(1000);
  expect(count(() => all('GET /a', 'comment'), 1000)).toBe(1000);
});

test('a clock that goes back gives nothing away', () => {
  const time = clock();
  const passes = routeThrottle(limits, time.now);
  count(() => passes('POST /a', 'comment'), 30);

  time.pass(-60_000);

  expect(passes('POST /a', 'comment')).toBe(false);
});
