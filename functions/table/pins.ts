import { RuleError } from '../domain/errors.ts';
import { isRef } from '../domain/thread.ts';
import { commentAt } from './comments.ts';
import { type PostItem, savePost } from './posts.ts';
import type { Table } from './table.ts';

/** Of one article. */
export const MOST_PINS = 3;

/**
 * Access pattern `pin`: GetItem of C, then META, conditional on `ver`. Throws RuleError 'comment.not-found' for one that
 * nobody reads, 'pins.full' or 'post.conflict'.
 */
export async function pin(table: Table, post: PostItem, ref: string): Promise<PostItem> {
  if (post.pins.includes(ref)) return post;
  const comment = isRef(ref) ? await commentAt(table, post.id, ref) : null;
  if (comment?.status !== 'approved') throw new RuleError('comment.not-found');
  if (post.pins.length >= MOST_PINS) throw new RuleError('pins.full', { limit: MOST_PINS });
  return savePost(table, post, { pins: [...post.pins, ref] });
}

/** Access pattern `unpin`: META, conditional on `ver`. Throws RuleError 'post.conflict'. */
export async function unpin(table: Table, post: PostItem, ref: string): Promise<PostItem> {
  if (!post.pins.includes(ref)) return post;
  return savePost(table, post, { pins: post.pins.filter((one) => one !== ref) });
}
