import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editableUntil, FOR_EVER, WRITER } from '../../functions/domain/editing.ts';
import { MOVES, type Status } from '../../functions/domain/moderation.ts';

const CREATED = '2026-11-24T10:00:00.000Z';
const later = (ms: number) => new Date(Date.parse(CREATED) + ms);
const written = (over: object = {}) => ({ created: CREATED, status: 'pending' as Status, ...over });

test('a comment may be changed for exactly so many minutes after it was sent, however many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 1_000_000_000 }), (minutes, passed) => {
      const until = editableUntil(written(), minutes, later(passed));

      expect(until).toBe(passed < minutes * 60_000 ? later(minutes * 60_000).toISOString() : null);
    }),
  );
});

test('once the time is over it stays over', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(100_000_000), fc.nat(100_000_000), (minutes, passed, more) => {
      const open = (ms: number) => editableUntil(written(), minutes, later(ms)) !== null;

      expect(open(passed + more) && !open(passed)).toBe(false);
    }),
  );
});

test('without a limit it may be changed for ever, with a limit of nothing never', () => {
  expect(editableUntil(written(), null, later(1e12))).toBe(FOR_EVER);
  expect(editableUntil(written(), 0, later(0))).toBeNull();
});

describe('whatever the time', () => {
  test.each(Object.keys(MOVES) as Status[])('a comment that is %s', (status) => {
    const may = editableUntil(written({ status }), null, later(0)) !== null;

    expect(may).toBe(status === 'pending' || status === 'approved');
  });

  test('what a moderator changed is not changed back, what its writer changed may be again', () => {
    expect(editableUntil(written({ edited: { by: 'ada' } }), 15, later(0))).toBeNull();
    expect(editableUntil(written({ edited: { by: WRITER } }), 15, later(0))).not.toBeNull();
  });
});
