import { RuleError } from '../domain/errors.ts';
import { monthAfter, monthBefore, monthOf } from '../table/dated.ts';
import { commentsOfMonth } from '../table/history.ts';
import type { Item, Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace, reachedBy } from './cursor.ts';

/** Months without a comment that one request walks past; after so many it looks no further back. */
const EMPTY_MONTHS = 24;

/** The newest comments that were sent or let in before a place, through as many months as it takes to find one. */
export async function backwards(table: Table, cursor: string | undefined, limit: number) {
  const place = placeOf(cursor);
  let month = place?.partition ?? monthOf(new Date().toISOString());
  let after = place && bare(place);
  for (let walked = 0; walked < EMPTY_MONTHS; walked++) {
    const { comments, next } = await commentsOfMonth(table, month, { limit, after });
    if (next) return { comments, next: encodePlace('byMonth', next), back: reachedBy('byMonth', next) };
    month = monthBefore(month);
    after = undefined;
    if (comments.length > 0) return { comments, next: encodePlace('byMonth', endOf(month)), back: endsAt(month) };
  }
  return { comments: [], next: null, back: null };
}

/** The oldest comments that were sent or let in since a moment, or after a place, until now. */
export async function forwards(table: Table, since: string, cursor: string | undefined, limit: number) {
  const place = placeOf(cursor);
  const last = monthOf(new Date().toISOString());
  let after = place && bare(place);
  for (let month = place?.partition ?? monthOf(since); month <= last; month = monthAfter(month)) {
    const { comments, next } = await commentsOfMonth(table, month, { from: since, limit, after });
    if (next) return { comments, next: encodePlace('byMonth', next) };
    if (comments.length > 0) {
      return { comments, next: month < last ? encodePlace('byMonth', startOf(monthAfter(month))) : null };
    }
    after = undefined;
  }
  return { comments: [], next: null };
}

/** A place is within its month, or at the end of it. Throws RuleError 'query.invalid'. */
function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const place = decodePlace('byMonth', cursor);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(place.partition)) return place;
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
}

const startsAt = (month: string) => `${month}-01T00:00:00.000Z`;
const endsAt = (month: string) => startsAt(monthAfter(month));

/** Places before everything of a month, and after. */
const startOf = (month: string) => placeAt(month, startsAt(month), '0');
const endOf = (month: string) => placeAt(month, endsAt(month), 'f');

const placeAt = (month: string, moment: string, digit: string): Item => ({
  pk: `COMMENT#${digit.repeat(32)}`,
  sk: 'WAIT',
  month,
  stirred: `${moment}#`,
});
