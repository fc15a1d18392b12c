import { RuleError } from '../domain/errors.ts';
import { type Call, param } from '../http/call.ts';
import { findPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';

/** Throws RuleError 'post.not-found'. */
export async function published(table: Table, call: Call): Promise<PostItem> {
  const post = await findPost(table, param(call, 'slug'));
  if (post?.status !== 'published') throw new RuleError('post.not-found');
  return post;
}
