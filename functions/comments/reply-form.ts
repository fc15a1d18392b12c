import { renderReply } from '../../web/pages/render.ts';
import { shownHtml } from '../domain/policy.ts';
import { isClosed } from '../domain/post.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import type { Reply } from '../http/call.ts';
import { type Call, param } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import { openTable } from '../table/table.ts';
import { publishedComment, publishedPost } from './published.ts';

/** The form that answers one comment without a script. Throws RuleError 'post.not-found' or 'comment.not-found'. */
export async function replyForm(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const post = await publishedPost(table, param(call, 'slug'));
  const ref = call.queryStringParameters?.to ?? '';
  const parent = await publishedComment(table, post.id, ref);
  const { title, slug } = post;
  const closed = isClosed(post, readEnv().settings.conversation.closeAfterDays, new Date());
  return html(
    200,
    renderReply({
      site: await siteInForce(table),
      post: { title, slug, closed },
      parent: { name: parent.author.name, html: shownHtml(parent), url: permalink(slug, ref) },
      form: { slug, parent: ref, values: { name: '', email: '', url: '', body: '' }, errors: {} },
    }),
  );
}
