import { RuleError } from '../domain/errors.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';
import { currentOf } from './revisions.ts';

/**
 * A change to `post`, as it was read under `ver` if that is given. Whoever comes too late is told what is there now. Throws
 * RuleError 'post.conflict', and what `change` throws.
 */
export async function changing(
  table: Table,
  post: PostItem,
  ver: number | undefined,
  change: (post: PostItem) => Promise<PostItem>,
): Promise<PostItem> {
  try {
    if (ver !== undefined && ver !== post.ver) throw new RuleError('post.conflict', { post: post.slug });
    return await change(post);
  } catch (cause) {
    if (!(cause instanceof RuleError) || cause.code !== 'post.conflict') throw cause;
    const now = (await getPost(table, post.id)) ?? post;
    throw new RuleError('post.conflict', cause.detail, { cause, current: await currentOf(table, now) });
  }
}
