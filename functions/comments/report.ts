import * as v from 'valibot';
import { renderReport } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { readerHash, readerToken } from '../domain/identity.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html, seeOther } from '../http/reply.ts';
import { findPost, type PostItem } from '../table/posts.ts';
import { report as keep } from '../table/reports.ts';
import { openTable, type Table } from '../table/table.ts';
import { isSecure } from './answer.ts';
import { readerCookie, readerOf } from './reader.ts';
import { parentAt as published } from './reply-form.ts';

const REASON_CHARACTERS = 500;

export const complaint = v.strictObject({
  comment: v.string('must name a comment'),
  reason: v.optional(
    v.pipe(
      v.string('must be text'),
      v.trim(),
      v.maxLength(REASON_CHARACTERS, `may have ${REASON_CHARACTERS} characters`),
    ),
    '',
  ),
});

/** A small form, and after it was sent a word of thanks. Throws RuleError 'post.not-found' or 'comment.not-found'. */
export async function reportForm(call: Call): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const table = openTable(name);
  const { slug, id, title } = await existing(table, call);
  const { comment: ref = '', sent } = call.queryStringParameters ?? {};
  const comment = await published(table, id, ref);
  return html(
    200,
    renderReport({
      site: settings.site,
      post: { title, slug },
      comment: { ref, name: comment.author.name, html: comment.html, url: permalink(slug, ref) },
      sent: sent !== undefined,
    }),
  );
}

/** One report by each browser: the same again changes nothing, and is thanked for as well. */
export async function report(call: Call<v.InferOutput<typeof complaint>>): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { slug, id } = await existing(table, call);
  const { comment: ref, reason } = call.input;
  await published(table, id, ref);
  const known = readerOf(call);
  const token = known ?? readerToken();
  await keep(table, id, ref, { reader: readerHash(token), reason, at: new Date().toISOString() });
  const thanks = seeOther(`/api/posts/${slug}/report?comment=${ref}&sent`);
  return known ? thanks : { ...thanks, cookies: [readerCookie(token, isSecure(call))] };
}

async function existing(table: Table, call: Call): Promise<PostItem> {
  const post = await findPost(table, param(call, 'slug'));
  if (post?.status !== 'published') throw new RuleError('post.not-found');
  return post;
}
