import { renderErased, renderReceipt, renderReceived } from '../../web/pages/render.ts';
import { own } from '../comments/own.ts';
import { editableUntil, WRITER } from '../domain/editing.ts';
import { shownHtml } from '../domain/policy.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import { openTable } from '../table/table.ts';
import { thanksFor } from '../table/thanks.ts';
import { ledgerOf } from './ledger.ts';

/**
 * The receipt of a comment, for the browser that wrote it, with what may be done about it. Throws the same
 * 'comment.not-found' for every other.
 */
export async function receipt(call: Call): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const table = openTable(name);
  const site = await siteInForce(table);
  const id = param(call, 'id');
  if (id === 'received') return html(200, renderReceived({ site }));
  if (id === 'erased') return html(200, renderErased({ site }));

  const { comment, post } = await own(table, call);
  const { author, created, status, removed, at, source, moves } = comment;
  const until = editableUntil(comment, settings.limits.editMinutes, new Date());
  const path = `/api/comments/${id}`;
  const reason = moves.at(-1)?.rule ?? comment.reason;
  return html(
    200,
    renderReceipt({
      site,
      post: { title: post.title, slug: post.slug },
      comment: {
        author,
        at: created,
        html: shownHtml(comment),
        status,
        reason: status === 'approved' ? null : reason,
        removed,
        url: at && status === 'approved' ? permalink(post.slug, at) : null,
        thanks: at && status === 'approved' ? await thanksFor(table, post.id, at) : 0,
      },
      words: until === null ? null : { action: `${path}/words`, body: source, until },
      erasure: status === 'removed' && moves.at(-1)?.by === WRITER ? null : `${path}/erasure`,
      data: `${path}/data`,
      kept: ledgerOf(comment),
    }),
  );
}
