import { expect, test } from 'vitest';
import { dueOf } from '../../functions/domain/mail.ts';

test.each([
  ['at-once', '2026-11-24T10:20:30.000Z', '2026-11-24T10:20:30.000Z'],
  ['hourly', '2026-11-24T10:20:30.000Z', '2026-11-24T11:00:00.000Z'],
  ['hourly', '2026-11-24T11:00:00.000Z', '2026-11-24T12:00:00.000Z'],
  ['daily', '2026-11-24T10:20:30.000Z', '2026-11-25T00:00:00.000Z'],
  ['daily', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
] as const)('a comment that waits is told of %s: at %s, due %s', (digest, now, due) => {
  expect(dueOf(digest, new Date(now)).toISOString()).toBe(due);
});
