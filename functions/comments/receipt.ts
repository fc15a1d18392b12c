import { renderReceipt, renderReceived } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { readerHash, sameHash } from '../domain/identity.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import type { Reply } from '../http/call.ts';
import { type Call, param } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { findComment, underPolicy } from '../table/comments.ts';
import { getPost } from '../table/posts.ts';
import { openTable } from '../table/table.ts';
import { readerOf } from './reader.ts';

/** The receipt of a comment, for the browser that wrote it. Throws the same 'comment.not-found' for every other. */
export async function receipt(call: Call): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const { site } = settings;
  const id = param(call, 'id');
  if (id === 'received') return html(200, renderReceived({ site }));

  const table = openTable(name);
  const token = readerOf(call);
  const comment = await findComment(table, id);
  if (!comment || !token || !sameHash(comment.reader, readerHash(token))) throw new RuleError('comment.not-found');
  const post = await getPost(table, comment.post);
  if (!post) throw new RuleError('comment.not-found');
  const { author, created, status, removed, at, moves } = comment;
  const reason = moves.at(-1)?.rule ?? comment.reason;
  return html(
    200,
    renderReceipt({
      site,
      post: { title: post.title, slug: post.slug },
      comment: {
        author,
        at: created,
        html: underPolicy(comment).html,
        status,
        reason: status === 'approved' ? null : reason,
        removed,
        url: at && status === 'approved' ? permalink(post.slug, at) : null,
      },
    }),
  );
}
