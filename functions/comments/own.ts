import { RuleError } from '../domain/errors.ts';
import { readerHash, sameHash } from '../domain/identity.ts';
import { type Call, param } from '../http/call.ts';
import type { Found } from '../table/comment-items.ts';
import { findComment } from '../table/comments.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';
import { readerOf } from './reader.ts';

/** A comment that this browser wrote, and its article. Throws the same 'comment.not-found' for every other, and for none. */
export async function own(table: Table, call: Call): Promise<{ comment: Found; post: PostItem }> {
  const token = readerOf(call);
  const comment = await findComment(table, param(call, 'id'));
  if (!comment || !token || !sameHash(comment.reader, readerHash(token))) throw new RuleError('comment.not-found');
  const post = await getPost(table, comment.post);
  if (!post) throw new RuleError('comment.not-found');
  return { comment, post };
}
