import { describe, expect, test } from 'vitest';
import { checkMove, type Evidence, judge, MOVES, type Status } from '../../functions/domain/moderation.ts';

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

const quiet: Evidence = { links: 0, author: false, claimsAuthor: false, blocked: false, trusted: true };

test.each<[string, Partial<Evidence>, string, string | null]>([
  ['a regular', {}, 'approved', null],
  ['a regular whom a moderator blocked', { blocked: true }, 'spam', 'person.blocked'],
  ['a stranger', { trusted: false }, 'pending', 'first-time'],
  ['two links', { links: 2 }, 'approved', null],
  ['three links', { links: 3 }, 'pending', 'links.some'],
  ['ten links', { links: 10 }, 'pending', 'links.some'],
  ['eleven links', { links: 11 }, 'spam', 'links.many'],
  ['a regular who types an author’s address', { claimsAuthor: true }, 'pending', 'author.unproven'],
  ['eleven links under an author’s name', { claimsAuthor: true, links: 11 }, 'spam', 'links.many'],
  ['an author who signed in', { author: true, links: 11, claimsAuthor: true, trusted: false }, 'approved', null],
])('%s', (_, evidence, status, reason) => {
  expect(judge({ ...quiet, ...evidence })).toEqual({ status, reason });
});
