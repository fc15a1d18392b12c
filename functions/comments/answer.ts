import { permalink } from '../domain/thread.ts';
import { asLetIn } from '../domain/under-policy.ts';
import type { Call, Reply } from '../http/call.ts';
import { wantsPage } from '../http/call.ts';
import { json, seeOther } from '../http/reply.ts';
import type { Found } from '../table/comment-items.ts';
import type { PostItem } from '../table/posts.ts';
import { readerCookie } from './reader.ts';

/** What the table has of a comment, as far as its sender hears of it. */
export type Kept = Omit<Found, 'ver' | 'moves'>;

/**
 * What a sender hears: JSON, or a redirect to the receipt. Where it is not theirs to see, only that it was received: else
 * whoever knows what somebody said could try out whose address it was said under, and read on.
 */
export function answer(call: Call, post: PostItem, comment: Kept, right: { mine: boolean; token?: string }): Reply {
  const reply = wantsPage(call)
    ? seeOther(right.mine ? `/api/comments/${comment.id}` : '/api/comments/received')
    : json(201, right.mine ? asJson(post, comment) : RECEIVED);
  return right.token ? { ...reply, cookies: [readerCookie(right.token, isSecure(call))] } : reply;
}

/** API Gateway writes the header, and speaks https alone; the local platform speaks http. */
export const isSecure = ({ headers }: Call) => headers['x-forwarded-proto'] !== 'http';

const RECEIVED = { id: null, status: 'received', html: '', removed: [], reason: null, ref: null, url: null };

export function asJson(post: PostItem, comment: Kept) {
  const { id, status, html, removed, reason, at } = asLetIn(comment);
  const seated = status === 'approved' && at;
  return {
    id,
    status,
    html,
    removed,
    reason: status === 'approved' ? null : reason,
    ref: seated ? at : null,
    url: seated ? permalink(post.slug, at) : null,
  };
}
