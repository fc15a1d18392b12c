import { own } from '../comments/own.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { json } from '../http/reply.ts';
import { openTable } from '../table/table.ts';
import { thanksFor } from '../table/thanks.ts';
import { ledgerOf } from './ledger.ts';

/** All that is stored about one's own comment, as a file. Throws RuleError 'comment.not-found'. */
export async function data(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { comment, post } = await own(table, call);
  const { id, at, to, author, person, created, status, reason, html, source, removed, edited, moves, facts } = comment;
  const reply = json(200, {
    id,
    article: { title: post.title, url: `/${post.slug}/` },
    url: at && status === 'approved' ? permalink(post.slug, at) : null,
    answers: to,
    name: author.name,
    website: author.url,
    person,
    written: created,
    words: source,
    shown: html,
    takenAway: removed,
    status,
    reason,
    known: [...(facts ?? [])],
    edited: edited?.at ?? null,
    thanks: at ? await thanksFor(table, post.id, at) : 0,
    history: moves.map(({ to, at, rule }) => ({ became: to, at, rule })),
    kept: ledgerOf(comment),
  });
  const name = `comment-${id.slice(0, 8)}.json`;
  return { ...reply, headers: { ...reply.headers, 'content-disposition': `attachment; filename="${name}"` } };
}
