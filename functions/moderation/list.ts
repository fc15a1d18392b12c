import { RuleError } from '../domain/errors.ts';
import type { Status } from '../domain/moderation.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { monthOf } from '../table/dated.ts';
import { commentsOfMonth } from '../table/history.ts';
import { QUEUES, queueOf } from '../table/queue.ts';
import { type ReportsItem, reported } from '../table/reports.ts';
import { type Item, openTable, type Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace } from './cursor.ts';
import { asHeld, postsOnce } from './held.ts';

const PAGE = 50;
/** Months without a comment that one request walks past. */
const MONTHS = 24;

const LISTS = ['pending', 'spam', 'approved', 'rejected', 'removed', 'reported'] as const;
type List = (typeof LISTS)[number];

type Place = ReturnType<typeof decodePlace>;

interface Listed {
  comment: Found;
  reports?: ReportsItem;
}

interface Page {
  listed: Listed[];
  next: string | null;
}

/**
 * `?status=pending&post=<id>&q=words&cursor=`, newest first. What the query leaves out still counts as read, so that a
 * page may be short, or empty, and have a next. Throws RuleError 'query.invalid'.
 */
export async function list(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const { status = 'pending', post, q = '', cursor } = call.queryStringParameters ?? {};
  const known = LISTS.find((one) => one === status);
  if (!known) throw new RuleError('query.invalid', { name: 'status', remedy: `must be one of ${LISTS.join(', ')}` });

  const { listed, next } = await pageOf(table, known, cursor);
  const posts = postsOnce(table);
  const wanted = listed.filter(({ comment }) => (!post || comment.post === post) && matches(comment, q));
  return json(200, {
    comments: await Promise.all(wanted.map(({ comment, reports }) => asHeld(comment, posts, reports))),
    next,
  });
}

function pageOf(table: Table, list: List, cursor: string | undefined): Promise<Page> {
  if (list === 'pending' || list === 'spam') return waiting(table, list, cursor);
  if (list === 'reported') return underReport(table, cursor);
  return byMonth(table, list, cursor);
}

async function waiting(table: Table, status: keyof typeof QUEUES, cursor: string | undefined): Promise<Page> {
  const after = cursor === undefined ? undefined : inPartition(decodePlace('queue', cursor), QUEUES[status]);
  const { comments, next } = await queueOf(table, status, { limit: PAGE, after: after as never });
  return {
    listed: comments.map((comment) => ({ comment: { ...comment, at: comment.at ?? null } })),
    next: next ? encodePlace('queue', { ...next }) : null,
  };
}

async function underReport(table: Table, cursor: string | undefined): Promise<Page> {
  const after = cursor === undefined ? undefined : inPartition(decodePlace('queue', cursor), 'reported');
  const { reports, next } = await reported(table, { limit: PAGE, after });
  const found = await Promise.all(
    reports.map(async (one): Promise<Listed[]> => {
      const comment = await commentAt(table, one.post, one.ref);
      return comment?.status === 'approved' ? [{ comment, reports: one }] : [];
    }),
  );
  return {
    listed: found.flat(),
    next: next ? encodePlace('queue', next) : null,
  };
}

/** Back through the months, as many as it takes for a page. */
async function byMonth(table: Table, status: Status, cursor: string | undefined): Promise<Page> {
  let after = cursor === undefined ? undefined : decodePlace('byMonth', cursor);
  let month = after ? after.partition : monthOf(new Date().toISOString());
  for (let walked = 0; walked < MONTHS; walked++) {
    const { comments, next } = await commentsOfMonth(table, checkMonth(month), {
      limit: PAGE * 2,
      after: after && bare(after),
    });
    const listed = comments.filter((comment) => comment.status === status).map((comment) => ({ comment }));
    if (next) return { listed, next: encodePlace('byMonth', next) };
    month = before(month);
    after = undefined;
    if (listed.length > 0) return { listed, next: month < FIRST ? null : startOf(month) };
  }
  return { listed: [], next: null };
}

/** No comment is older than Stoa. */
const FIRST = '2026-01';

/** A place before everything of a month, read backwards. */
const startOf = (month: string) =>
  encodePlace('byMonth', { pk: `COMMENT#${'f'.repeat(32)}`, sk: 'WAIT', month, stirred: `${month}-99#` });

function before(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

function checkMonth(month: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month;
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
}

function inPartition(place: Place, partition: string): Item {
  if (place.partition === partition) return bare(place);
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'belongs to another list' });
}

const fold = (text: string) => text.normalize('NFKC').toLocaleLowerCase();

function matches({ author, source }: Found, q: string): boolean {
  const words = fold(q).split(/\s+/).filter(Boolean);
  const text = fold(`${author.name} ${author.url ?? ''} ${source}`);
  return words.every((word) => text.includes(word));
}
