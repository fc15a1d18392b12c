import { RuleError } from '../domain/errors.ts';
import { MOVES, type Status } from '../domain/moderation.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { countQueue, QUEUES, queueOf } from '../table/queue.ts';
import { REPORTED, type ReportsItem, reported } from '../table/reports.ts';
import { type Item, openTable, type Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace, reachedBy } from './cursor.ts';
import { holder } from './held.ts';
import { backwards } from './months.ts';

const PAGE = 50;
const QUERY_CHARACTERS = 200;

const STATUSES = Object.keys(MOVES) as Status[];
const LISTS = [...STATUSES, 'reported', 'any'] as const;
type List = (typeof LISTS)[number];

interface Listed {
  comment: Found;
  reports?: ReportsItem;
}

interface Page {
  listed: Listed[];
  next: string | null;
  /** The moment that it goes back to; null when nothing older is left. */
  back: string | null;
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
  if (q.length > QUERY_CHARACTERS) {
    throw new RuleError('query.invalid', { name: 'q', remedy: `may have ${QUERY_CHARACTERS} characters` });
  }

  const { listed, next, back } = await pageOf(table, known, cursor);
  const asHeld = holder(table);
  const wanted = listed.filter(({ comment }) => (!post || comment.post === post) && matches(comment, q));
  return json(200, {
    comments: await Promise.all(wanted.map(({ comment, reports }) => asHeld(comment, reports))),
    next,
    back,
  });
}

/** So many of a queue are counted. */
const COUNTED = 500;

/** How much waits, for headings: the newest comments may be missing for a moment. */
export async function counts(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const [pending, spam, reports] = await Promise.all(
    [QUEUES.pending, QUEUES.spam, REPORTED].map((queue) => countQueue(table, queue, COUNTED)),
  );
  return json(200, { pending, spam, reported: reports, most: COUNTED });
}

async function pageOf(table: Table, list: List, cursor: string | undefined): Promise<Page> {
  if (list === 'pending' || list === 'spam') return waiting(table, list, cursor);
  if (list === 'reported') return underReport(table, cursor);
  const { comments, ...rest } = await backwards(table, cursor, PAGE);
  const listed = comments.filter(({ status }) => list === 'any' || status === list);
  return { listed: listed.map((comment) => ({ comment })), ...rest };
}

async function waiting(table: Table, status: keyof typeof QUEUES, cursor: string | undefined): Promise<Page> {
  const after = placeIn(QUEUES[status], cursor);
  const { comments, next } = await queueOf(table, status, { limit: PAGE, after: after as never });
  const listed = comments.map((comment) => ({ comment: { ...comment, at: comment.at ?? null } }));
  return { listed, ...going(next && { ...next }) };
}

async function underReport(table: Table, cursor: string | undefined): Promise<Page> {
  const { reports, next } = await reported(table, { limit: PAGE, after: placeIn(REPORTED, cursor) });
  const found = await Promise.all(
    reports.map(async (one): Promise<Listed[]> => {
      const comment = await commentAt(table, one.post, one.ref);
      return comment?.status === 'approved' ? [{ comment, reports: one }] : [];
    }),
  );
  return { listed: found.flat(), ...going(next) };
}

const going = (next: Item | undefined) => ({
  next: next ? encodePlace('queue', next) : null,
  back: next ? reachedBy('queue', next) : null,
});

function placeIn(queue: string, cursor: string | undefined): Item | undefined {
  if (cursor === undefined) return undefined;
  const place = decodePlace('queue', cursor);
  if (place.partition === queue) return bare(place);
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'belongs to another list' });
}

const fold = (text: string) => text.normalize('NFKC').toLocaleLowerCase();

function matches({ author, source }: Found, q: string): boolean {
  const words = fold(q).split(/\s+/).filter(Boolean);
  const text = fold(`${author.name} ${author.url ?? ''} ${source}`);
  return words.every((word) => text.includes(word));
}
