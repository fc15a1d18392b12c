import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readAccount } from '../table/accounts.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { monthOf } from '../table/dated.ts';
import { commentsOfMonth } from '../table/history.ts';
import { openTable, type Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace } from './cursor.ts';
import { asHeld, postsOnce } from './held.ts';
import { ownAuthor, personOfAuthor } from './reply.ts';

/** Comments that one request looks at. */
const LOOKED_AT = 100;
/** How far back whoever never looked is shown. */
const FIRST_LOOK_DAYS = 30;

/**
 * What was let in since a moment and said to the signed-in author, oldest first: on their articles, or in answer to them.
 * A page may be short and have a `next`. Throws RuleError 'author.unknown' or 'query.invalid'.
 */
export async function saidToMe(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const me = await ownAuthor(table, call);
  const { since: asked, cursor } = call.queryStringParameters ?? {};
  const now = new Date();
  const given = asked ?? (await readAccount(table, accountOf(call))).seen;
  const since = given ? checkMoment(given) : new Date(now.getTime() - FIRST_LOOK_DAYS * 86_400_000).toISOString();

  const { comments, next } = await letInSince(table, since, now, cursor);
  const posts = postsOnce(table);
  const mine = await Promise.all(
    comments.map(async (comment) => {
      if (comment.status !== 'approved' || comment.person === personOfAuthor(me.slug)) return false;
      const post = await posts(comment.post);
      return post?.author.slug === me.slug || (await answersMe(table, comment, me.slug));
    }),
  );
  const toMe = comments.filter((_, i) => mine[i]);
  return json(200, {
    comments: await Promise.all(toMe.map((comment) => asHeld(comment, posts))),
    since,
    next,
    now: now.toISOString(),
  });
}

async function answersMe(table: Table, { post, to }: Found, author: string): Promise<boolean> {
  return to !== null && (await commentAt(table, post, to))?.person === personOfAuthor(author);
}

/** Through the months from `since`, until there is something. */
async function letInSince(table: Table, since: string, now: Date, cursor: string | undefined) {
  const place = cursor === undefined ? null : decodePlace('byMonth', cursor);
  const last = monthOf(now.toISOString());
  let at = place ? bare(place) : undefined;
  for (let month = place?.partition ?? monthOf(since); month <= last; month = after(month)) {
    const { comments, next } = await commentsOfMonth(table, month, { from: since, limit: LOOKED_AT, after: at });
    if (next) return { comments, next: encodePlace('byMonth', next) };
    if (comments.length > 0) return { comments, next: month < last ? startOf(after(month)) : null };
    at = undefined;
  }
  return { comments: [], next: null };
}

/** A place before everything of a month. */
const startOf = (month: string) =>
  encodePlace('byMonth', { pk: `COMMENT#${'0'.repeat(32)}`, sk: 'WAIT', month, stirred: `${month}-00#` });

function after(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

function checkMoment(text: string): string {
  if (/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new RuleError('query.invalid', { name: 'since', remedy: 'must be like 2026-11-22T09:00:00.000Z' });
}
