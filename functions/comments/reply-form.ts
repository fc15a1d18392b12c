import { renderReply } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { isClosed } from '../domain/post.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import type { Reply } from '../http/call.ts';
import { type Call, param } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import type { CommentItem } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { findPost } from '../table/posts.ts';
import { openTable, type Table } from '../table/table.ts';

/** The form that answers one comment without a script. Throws RuleError 'post.not-found' or 'comment.not-found'. */
export async function replyForm(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const post = await findPost(table, param(call, 'slug'));
  if (post?.status !== 'published') throw new RuleError('post.not-found');
  const ref = call.queryStringParameters?.to ?? '';
  const parent = await parentAt(table, post.id, ref);
  const { title, slug } = post;
  const closed = isClosed(post, readEnv().settings.conversation.closeAfterDays, new Date());
  return html(
    200,
    renderReply({
      site: await siteInForce(table),
      post: { title, slug, closed },
      parent: { name: parent.author.name, html: parent.html, url: permalink(slug, ref) },
      form: { slug, parent: ref, values: { name: '', email: '', url: '', body: '' }, errors: {} },
    }),
  );
}

/** Throws RuleError 'comment.not-found', also for what is no reference at all. */
export async function parentAt(table: Table, post: string, ref: string): Promise<CommentItem> {
  const parent = await commentAt(table, post, ref).catch((cause) => {
    if (cause instanceof RuleError) throw new RuleError('comment.not-found', {}, { cause });
    throw cause;
  });
  if (parent?.status !== 'approved') throw new RuleError('comment.not-found');
  return parent;
}
