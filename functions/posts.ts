import { RuleError } from './domain/errors.ts';
import { isClosed } from './domain/post.ts';
import { permalink } from './domain/thread.ts';
import { readEnv } from './env.ts';
import type { Call } from './http/call.ts';
import { decodeCursor, encodeCursor } from './http/cursor.ts';
import { reading, routes } from './http/endpoint.ts';
import { problemPage } from './http/problem-page.ts';
import { sharedJson } from './http/reply.ts';
import { atom, jsonFeed } from './posts/feed.ts';
import { published } from './posts/published.ts';
import type { CommentItem } from './table/comment-items.ts';
import { total } from './table/counters.ts';
import { listPosts, type PostItem } from './table/posts.ts';
import { readHtml } from './table/revisions.ts';
import { hasSegment, readHead, readSegment, segmentAfter } from './table/segments.ts';
import { openTable } from './table/table.ts';

/** Posts and their conversations as JSON and as feeds, for programs. */
export const handler = routes(
  {
    'GET /api/posts': reading(list),
    'GET /api/posts/{slug}': reading(show),
    'GET /api/posts/{slug}/comments': reading(comments),
    'GET /api/posts/{slug}/feed.xml': reading(atom),
    'GET /api/posts/{slug}/feed.json': reading(jsonFeed),
  },
  problemPage,
);

const PAGE = 20;

async function list(call: Call) {
  const cursor = call.queryStringParameters?.cursor;
  const { posts, next } = await listPosts(openTable(readEnv().table), 'published', {
    limit: PAGE,
    after: cursor ? decodeCursor(cursor, 'published') : undefined,
  });
  return sharedJson(call, { posts: posts.map(asJson), next: next ? encodeCursor(next) : null });
}

async function show(call: Call) {
  const table = openTable(readEnv().table);
  const post = await published(table, call);
  const [{ html }, [, approved]] = await Promise.all([readHtml(table, post), total(table, post.id)]);
  return sharedJson(call, { ...asJson(post), html, comments: approved });
}

/** A segment at a time, oldest first: `cursor` names the segment to go on with. */
async function comments(call: Call) {
  const table = openTable(readEnv().table);
  const post = await published(table, call);
  const head = await readHead(table, post.id);
  const segment = call.queryStringParameters?.cursor ?? '1';
  if (!hasSegment(head, segment)) {
    throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
  }
  const { comments } = await readSegment(table, post.id, segment);
  const approved = comments.filter(({ status }) => status === 'approved');
  return sharedJson(call, {
    comments: approved.map((comment) => commentAsJson(post, comment)),
    next: segmentAfter(head, segment),
  });
}

function asJson(post: PostItem) {
  const { id, slug, title, excerpt, author, category, tags, date, updated } = post;
  const closed = isClosed(post, readEnv().settings.conversation.closeAfterDays, new Date());
  return { id, slug, url: `/${slug}/`, title, excerpt, author, category, tags, date, updated, closed };
}

function commentAsJson({ slug }: PostItem, { at, to, author, created, html }: CommentItem) {
  const { name, url, host } = author;
  return { ref: at, url: permalink(slug, at), parent: to, author: { name, url, host }, date: created, html };
}
