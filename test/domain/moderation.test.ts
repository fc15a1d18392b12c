import { describe, expect, test } from 'vitest';
import { checkMove, MOVES, type Status } from '../../functions/domain/moderation.ts';

const STATUSES = Object.keys(MOVES) as Status[];
const ALLOWED = new Set([
  'pending approved',
  'pending spam',
  'pending rejected',
  'approved pending',
  'approved spam',
  'approved removed',
  'spam approved',
  'spam rejected',
  'spam pending',
  'rejected pending',
  'rejected spam',
]);

describe('every pair of statuses', () => {
  test.each(STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const)))('%s -> %s', (from, to) => {
    const move = () => checkMove(from, to);

    if (ALLOWED.has(`${from} ${to}`)) expect(move).not.toThrow();
    else expect(move).toThrow('comment.move');
  });
});
