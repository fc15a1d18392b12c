import { article, excerptFrom, revision } from './authoring/article.ts';
import { create, existing, revise } from './authoring/post.ts';
import { publication } from './authoring/publication.ts';
import { RuleError } from './domain/errors.ts';
import type { PostStatus } from './domain/post.ts';
import { readEnv } from './env.ts';
import { type Call, param } from './http/call.ts';
import { decodeCursor, encodeCursor } from './http/cursor.ts';
import { reading, routes, writing } from './http/endpoint.ts';
import { requireGroup } from './http/group.ts';
import { json } from './http/reply.ts';
import { listPosts, type PostItem, publishPost, readBody, withdrawPost } from './table/posts.ts';
import { openTable } from './table/table.ts';

/** What authors do with their posts, behind the authorizer's scope and the group that this handler checks. */
export const handler = routes({
  'GET /api/admin/posts': reading(list),
  'POST /api/admin/posts': writing(article, async (call) => {
    requireGroup(call, 'author');
    return reply(201, await create(table(), call.input, new Date()));
  }),
  'GET /api/admin/posts/{id}': reading(async (call) => reply(200, await own(call))),
  'PUT /api/admin/posts/{id}': writing(revision, async (call) => {
    const { ver, closed, slug: _, ...content } = call.input;
    const post = await own(call);
    if (post.ver !== ver) throw new RuleError('post.conflict', { post: post.slug });
    return reply(200, await revise(table(), post, content, new Date(), closed));
  }),
  'PUT /api/admin/posts/{id}/publication': writing(publication, async (call) =>
    reply(200, await publishPost(table(), await own(call), call.input.date ?? null, new Date())),
  ),
  'DELETE /api/admin/posts/{id}/publication': reading(async (call) =>
    reply(200, await withdrawPost(table(), await own(call))),
  ),
});

const PAGE = 50;
const STATUSES: readonly PostStatus[] = ['draft', 'scheduled', 'published', 'withdrawn'];

/** `?status=draft`, newest first. Throws RuleError 'query.invalid'. */
async function list(call: Call) {
  requireGroup(call, 'author');
  const { status = 'published', cursor } = call.queryStringParameters ?? {};
  const known = STATUSES.find((one) => one === status);
  if (!known) throw new RuleError('query.invalid', { name: 'status', remedy: `must be one of ${STATUSES.join(', ')}` });
  const page = { limit: PAGE, after: cursor ? decodeCursor(cursor, known) : undefined };
  const { posts, next } = await listPosts(table(), known, page);
  return json(200, { posts: posts.map(summary), next: next ? encodeCursor(next) : null });
}

const table = () => openTable(readEnv().table);

/** Throws RuleError 'group.missing' or 'post.not-found'. */
async function own(call: Call): Promise<PostItem> {
  requireGroup(call, 'author');
  return existing(table(), param(call, 'id'));
}

async function reply(status: number, post: PostItem) {
  const source = await readBody(table(), post);
  return json(status, { ...summary(post), ownExcerpt: post.excerpt !== excerptFrom(source), source });
}

function summary(post: PostItem) {
  const { id, kind, slug, formerly, title, excerpt, author, category, tags } = post;
  const { status, date, updated, closed, pins, rev, ver } = post;
  return {
    ...{ id, kind, slug, formerly, title, excerpt, author, category, tags },
    ...{ status, date, updated, closed, pins, rev, ver },
  };
}
