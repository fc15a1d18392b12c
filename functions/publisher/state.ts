import { type AuthorItem, findAuthor } from '../table/authors.ts';
import type { CommentItem } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { type Register, total } from '../table/counters.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import { type Made, readHtml } from '../table/revisions.ts';
import { type Head, readHead, readSegment, type Segment } from '../table/segments.ts';
import type { Table } from '../table/table.ts';

/** One post as the table has it now, each part read at most once, consistently. */
export interface PostState {
  post(): Promise<PostItem | null>;
  html(): Promise<Made>;
  head(): Promise<Head>;
  segment(segment: string): Promise<Segment>;
  seat(ref: string): Promise<CommentItem | null>;
  total(): Promise<Register>;
  author(slug: string): Promise<AuthorItem | null>;
}

/** `closes` says whether a post takes no more comments. */
export function readState(table: Table, id: string, closes: (post: PostItem) => boolean): PostState {
  const once = memo();
  const post = () =>
    once('post', async () => {
      const found = await getPost(table, id);
      return found && { ...found, closed: closes(found) };
    });
  return {
    post,
    html: () => once('html', async () => readHtml(table, (await post()) ?? { id, rev: 0 })),
    head: () => once('head', () => readHead(table, id)),
    segment: (segment) => once(`segment ${segment}`, () => readSegment(table, id, segment)),
    seat: (ref) => once(`seat ${ref}`, () => commentAt(table, id, ref)),
    total: () => once('total', () => total(table, id)),
    author: (slug) => once(`author ${slug}`, () => findAuthor(table, slug)),
  };
}

function memo() {
  const known = new Map<string, unknown>();
  return <T>(name: string, read: () => Promise<T>): Promise<T> => {
    if (!known.has(name)) known.set(name, read());
    return known.get(name) as Promise<T>;
  };
}

/** A segment's leaf register: the sum of its comments' versions, and how many are approved. */
export function registerOf(comments: readonly CommentItem[]): Register {
  const approved = comments.filter(({ status }) => status === 'approved');
  return [comments.reduce((sum, { ver }) => sum + ver, 0), approved.length];
}
