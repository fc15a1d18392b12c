import { RuleError } from '../domain/errors.ts';
import type { CommentItem } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { findPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';

/** Throws RuleError 'post.not-found', also for an article that readers do not have. */
export async function publishedPost(table: Table, slug: string): Promise<PostItem> {
  const post = await findPost(table, slug);
  if (post?.status !== 'published') throw new RuleError('post.not-found');
  return post;
}

/** Throws RuleError 'comment.not-found', also for what is no reference at all. */
export async function publishedComment(table: Table, post: string, ref: string): Promise<CommentItem> {
  const comment = await commentAt(table, post, ref).catch((cause) => {
    if (cause instanceof RuleError) throw new RuleError('comment.not-found', {}, { cause });
    throw cause;
  });
  if (comment?.status !== 'approved') throw new RuleError('comment.not-found');
  return comment;
}
