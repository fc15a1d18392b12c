import { shownHtml } from '../domain/policy.ts';
import { permalink } from '../domain/thread.ts';
import { asLetIn } from '../domain/under-policy.ts';
import type { Found } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { getPost } from '../table/posts.ts';
import { type ReportsItem, reportsOf } from '../table/reports.ts';
import type { Table } from '../table/table.ts';

/** Shows comments as a moderator sees them in a list: with their article and what they answer, each of which is read once. */
export function holder(table: Table) {
  const posts = once((id) => getPost(table, id));
  const parents = once((place) => {
    const [post = '', ref = ''] = place.split(' ');
    return commentAt(table, post, ref);
  });

  return async (comment: Found, reports: ReportsItem | null = null) => {
    const { id, at, to, author, person, html, removed, reason, status, created, ver, moves, edited } = asLetIn(comment);
    const [post, parent] = await Promise.all([posts(comment.post), to ? parents(`${comment.post} ${to}`) : null]);
    const slug = post?.slug ?? '';
    return {
      id,
      post: { id: comment.post, slug, title: post?.title ?? '', closed: post?.closed ?? true },
      ref: at,
      pinned: at !== null && (post?.pins ?? []).includes(at),
      url: at && status === 'approved' ? permalink(slug, at) : null,
      to,
      parent: parent?.status === 'approved' ? { author: parent.author, html: shownHtml(parent) } : null,
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
  };
}

/** With what its writer sent, and what readers reported. */
export async function inFull(table: Table, comment: Found) {
  const reports = comment.at ? await reportsOf(table, comment.post, comment.at) : null;
  return {
    ...(await holder(table)(comment, reports)),
    source: comment.source,
    original: comment.edited?.original ?? null,
  };
}

function once<T>(read: (id: string) => Promise<T>): typeof read {
  const known = new Map<string, Promise<T>>();
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}
