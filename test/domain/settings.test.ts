import * as v from 'valibot';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';

test('without a file, the limits are the ones the documents name', () => {
  expect(v.parse(settingsSchema, {}).limits).toEqual({
    address: { perMinute: 1, burst: 5, perDay: 30 },
    post: { perMinute: 20, burst: 40 },
    pending: 500,
    refusedDays: 90,
    editMinutes: 15,
    throttle: {
      comment: { rate: 5, burst: 10 },
      challenge: { rate: 10, burst: 20 },
      admin: { rate: 5, burst: 10 },
      subscribe: { rate: 1, burst: 5 },
      rest: { rate: 20, burst: 40 },
    },
  });
});

test('null switches one limit off and leaves the others as they are', () => {
  const { limits } = v.parse(settingsSchema, { limits: { pending: null, throttle: { comment: null } } });

  expect(limits.pending).toBeNull();
  expect(limits.throttle).toMatchObject({ comment: null, rest: { rate: 20, burst: 40 } });
  expect(limits.post).not.toBeNull();
});

test.each([
  [{ limits: { throttle: { comment: { rate: 'fast', burst: 1 } } } }],
  [{ limits: { pending: 0 } }],
  [{ limits: { adress: null } }],
  [{ site: { title: '' } }],
  [{ site: { address: 'https://example.org/blog' } }],
  [{ site: { language: 'English' } }],
])('%j is refused', (given) => {
  expect(v.safeParse(settingsSchema, given).success).toBe(false);
});
