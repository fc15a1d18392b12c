import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readAccount } from '../table/accounts.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { getPost } from '../table/posts.ts';
import { openTable, type Table } from '../table/table.ts';
import { holder } from './held.ts';
import { forwards } from './months.ts';
import { ownAuthor, personOfAuthor } from './reply.ts';

/** Comments that one request looks at. */
const LOOKED_AT = 50;
/** How far back whoever never looked is shown. */
const FIRST_LOOK_DAYS = 30;
/** An index may be late: what was let in a moment ago is for the next look. */
const SETTLING_MS = 5000;

/**
 * What was let in since a moment and said to the signed-in author, oldest first: on their articles, or in answer to them.
 * A page may be short and have a `next`. Whoever has seen all pages has seen what was said until the `now` of the first.
 * Throws RuleError 'author.unknown' or 'query.invalid'.
 */
export async function saidToMe(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const me = await ownAuthor(table, call);
  const { since: asked, cursor } = call.queryStringParameters ?? {};
  const now = Date.now();
  const given = asked ?? (await readAccount(table, accountOf(call))).seen;
  const since = given ? checkMoment(given) : new Date(now - FIRST_LOOK_DAYS * 86_400_000).toISOString();

  const { comments, next } = await forwards(table, since, cursor, LOOKED_AT);
  const mine = await Promise.all(comments.map((comment) => isTo(table, me.slug, comment)));
  const asHeld = holder(table);
  return json(200, {
    author: { slug: me.slug, name: me.name },
    comments: await Promise.all(comments.filter((_, i) => mine[i]).map((comment) => asHeld(comment))),
    since,
    next,
    now: new Date(now - SETTLING_MS).toISOString(),
  });
}

/** Published, by somebody else, on the author's article or in answer to a comment of theirs. */
async function isTo(table: Table, author: string, { status, person, post, to }: Found): Promise<boolean> {
  if (status !== 'approved' || person === personOfAuthor(author)) return false;
  if ((await getPost(table, post))?.author.slug === author) return true;
  return to !== null && (await commentAt(table, post, to))?.person === personOfAuthor(author);
}

function checkMoment(text: string): string {
  if (/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new RuleError('query.invalid', { name: 'since', remedy: 'must be like 2026-11-22T09:00:00.000Z' });
}
