import { shownHtml } from '../domain/policy.ts';
import { unseal } from '../domain/seal.ts';
import { permalink } from '../domain/thread.ts';
import { readKeys } from '../keys.ts';
import type { Found } from '../table/comment-items.ts';
import { findComment } from '../table/comments.ts';
import type { Session } from '../table/links.ts';
import { findMailbox, subscriptionsOf } from '../table/mailboxes.ts';
import { readersOf } from '../table/people.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';

/** What is stored about a person besides their comments. */
export async function aboutPerson(table: Table, { person }: Session) {
  const { addressKeys } = readKeys();
  const now = new Date();
  const [mailbox, subscriptions, readers] = await Promise.all([
    findMailbox(table, person, now),
    subscriptionsOf(table, person, now),
    readersOf(table, person),
  ]);
  return {
    mail: mailbox && {
      address: unseal(addressKeys, person, mailbox.sealed),
      confirmed: mailbox.confirmed ?? null,
      pace: mailbox.pace ?? 'at-once',
      until: mailbox.until,
      comments: subscriptions.map(({ comment }) => comment),
    },
    browsers: readers.length,
  };
}

/** On one page. Whoever follows more stops some of these first, or all. */
const FOLLOWED = 50;

/** What a person is mailed about: their comments, of which they asked to hear replies. */
export async function followed(table: Table, { person }: Session) {
  const subscriptions = (await subscriptionsOf(table, person, new Date())).slice(0, FOLLOWED);
  const found = await Promise.all(subscriptions.map(({ comment }) => findComment(table, comment)));
  return withPosts(
    table,
    found.filter((comment): comment is Found => comment !== null),
  );
}

/** A comment as its writer takes it along: all that is stored of it, but for what only links it to them. */
export function asOwn(comment: Found, post: PostItem | null) {
  const { id, author, created, status, source, removed, at, edited, moves } = comment;
  const reason = moves.at(-1)?.rule ?? comment.reason;
  const url = at && status === 'approved' && post ? permalink(post.slug, at) : null;
  return {
    id,
    article: post ? { title: post.title, slug: post.slug } : null,
    name: author.name,
    website: author.url,
    created,
    status,
    reason: status === 'approved' ? null : reason,
    source,
    html: shownHtml(comment),
    removed,
    url,
    edited: edited ?? null,
  };
}

export async function withPosts(table: Table, comments: readonly Found[]) {
  const ids = [...new Set(comments.map(({ post }) => post))];
  const posts = new Map(await Promise.all(ids.map(async (id) => [id, await getPost(table, id)] as const)));
  return comments.map((comment) => asOwn(comment, posts.get(comment.post) ?? null));
}
