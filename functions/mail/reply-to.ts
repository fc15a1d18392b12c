import { commentAt, findComment } from '../table/comments.ts';
import { findSubscription } from '../table/mailboxes.ts';
import { getPost } from '../table/posts.ts';
import type { Office } from './office.ts';

/** Null: it is no more, or whom it answers does not follow their comment any more. `person` is who is answered. */
export async function replyTo({ table, now }: Office, id: string) {
  const comment = await findComment(table, id);
  if (comment?.status !== 'approved' || !comment.at || !comment.to) return null;
  const [post, parent] = await Promise.all([getPost(table, comment.post), commentAt(table, comment.post, comment.to)]);
  if (post?.status !== 'published' || parent?.status !== 'approved') return null;
  if (!(await findSubscription(table, parent.person, parent.id, now()))) return null;
  return { comment, title: post.title, slug: post.slug, at: comment.at, person: parent.person };
}
