import { permalink } from '../domain/thread.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import { type ReportsItem, reportsOf } from '../table/reports.ts';
import type { Table } from '../table/table.ts';

/** Posts that a request has read already, by id. */
export function postsOnce(table: Table) {
  const known = new Map<string, Promise<PostItem | null>>();
  return (id: string): Promise<PostItem | null> => {
    const post = known.get(id) ?? getPost(table, id);
    known.set(id, post);
    return post;
  };
}

/** A comment as a moderator sees it in a list. */
export async function asHeld(
  comment: Found,
  posts: (id: string) => Promise<PostItem | null>,
  reports: ReportsItem | null = null,
) {
  const { id, at, to, author, person, html, removed, reason, status, created, ver, moves, edited } = comment;
  const post = await posts(comment.post);
  const slug = post?.slug ?? '';
  return {
    id,
    post: { id: comment.post, slug, title: post?.title ?? '' },
    ref: at,
    url: at && status === 'approved' ? permalink(slug, at) : null,
    to,
    author,
    person,
    html,
    removed,
    reason,
    status,
    created,
    ver,
    moves,
    edited: edited ? { by: edited.by, at: edited.at } : null,
    reports: reports ? { n: reports.n, reasons: reports.reasons } : null,
  };
}

/** With what its writer sent, and what it answers. */
export async function inFull(table: Table, comment: Found) {
  const [held, reports, parent] = await Promise.all([
    asHeld(comment, postsOnce(table)),
    comment.at ? reportsOf(table, comment.post, comment.at) : null,
    comment.to ? commentAt(table, comment.post, comment.to) : null,
  ]);
  return {
    ...held,
    reports: reports ? { n: reports.n, reasons: reports.reasons } : null,
    source: comment.source,
    original: comment.edited?.original ?? null,
    parent: parent?.status === 'approved' ? { author: parent.author, html: parent.html } : null,
  };
}
