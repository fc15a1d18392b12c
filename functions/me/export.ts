import { renderTaken } from '../../web/pages/render.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { html, json } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import type { Found } from '../table/comment-items.ts';
import { commentsOfPerson } from '../table/history.ts';
import { type Item, openTable, type Table } from '../table/table.ts';
import { requireSession } from './session.ts';
import { aboutPerson, withPosts } from './stored.ts';

/** API Gateway and Lambda take 6 MB; a comment and its source may have 72 KB, and most have one. */
const MOST = 2_000;

/** Everything in one file: to be read by a person, or with `?as=json` by a program. Throws RuleError 'session.over'. */
export async function takeAlong(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const session = await requireSession(table, call);
  const comments = await withPosts(table, await allOf(table, session.person));
  const site = await siteInForce(table);
  const all = {
    site: site.title,
    at: new Date().toISOString(),
    ...(await aboutPerson(table, session)),
    comments,
  };
  const isJson = call.queryStringParameters?.as === 'json';
  const reply = isJson ? json(200, all) : html(200, renderTaken({ ...all, site }));
  const disposition = `attachment; filename="my-comments.${isJson ? 'json' : 'html'}"`;
  return { ...reply, headers: { ...reply.headers, 'content-disposition': disposition } };
}

async function allOf(table: Table, person: string): Promise<Found[]> {
  const all: Found[] = [];
  let after: Item | undefined;
  do {
    const { comments, next } = await commentsOfPerson(table, person, { limit: 100, after });
    all.push(...comments);
    after = next;
  } while (after && all.length < MOST);
  return all;
}
