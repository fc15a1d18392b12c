import * as v from 'valibot';
import { renderReport } from '../../web/pages/render.ts';
import { publishedComment, publishedPost } from '../comments/published.ts';
import { reporterHash } from '../domain/identity.ts';
import { shownHtml } from '../domain/policy.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html, seeOther } from '../http/reply.ts';
import { viewerOf } from '../http/viewer.ts';
import { readKeys } from '../keys.ts';
import { siteInForce } from '../site-in-force.ts';
import { move } from '../table/moves.ts';
import { report as keep } from '../table/reports.ts';
import { openTable } from '../table/table.ts';
import { thank } from '../table/thanks.ts';

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
  thanks: v.pipe(
    v.optional(v.literal('yes', 'is yes, or left out')),
    v.description('Thanks the writer in place of a report; they alone see how many did'),
  ),
});

/** A small form to thank the writer or to report the comment, and after it was sent what becomes of it. Throws RuleError 'post.not-found' or 'comment.not-found'. */
export async function reportForm(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { slug, id, title } = await publishedPost(table, param(call, 'slug'));
  const { comment: ref = '', sent } = call.queryStringParameters ?? {};
  const view = { site: await siteInForce(table), post: { title, slug } };
  if (sent !== undefined) {
    return html(200, renderReport({ ...view, comment: null, sent: sent === 'thanks' ? 'thanks' : 'report' }));
  }

  const found = await publishedComment(table, id, ref);
  const comment = { ref, name: found.author.name, html: shownHtml(found), url: permalink(slug, ref) };
  return html(200, renderReport({ ...view, comment, sent: null }));
}

/**
 * One report, and one thank-you, from each address: the same again changes nothing, and is answered as well. Enough reports
 * take the comment from its page until a moderator has looked, unless one of the site's authors wrote it; what a moderator
 * has answered stays as it is.
 */
export async function report(call: Call<v.InferOutput<typeof complaint>>): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const { slug, id } = await publishedPost(table, param(call, 'slug'));
  const { comment: ref, reason, thanks } = call.input;
  const comment = await publishedComment(table, id, ref);
  const reader = reporterHash(identityKey, comment.id, viewerOf(call));
  const at = new Date().toISOString();
  if (thanks) {
    await thank(table, id, ref, { reader, at });
    return seeOther(`/api/posts/${slug}/report?sent=thanks`);
  }
  const open = await keep(table, id, ref, { reader, reason, at });
  const enough = settings.conversation.holdAfterReports;
  if (enough !== null && open >= enough && !comment.author.host) {
    await move(table, comment.id, { to: 'pending', by: 'rules', at, rule: 'reported' });
  }
  return seeOther(`/api/posts/${slug}/report?sent`);
}
