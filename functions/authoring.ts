import { ARTICLE_BYTES, article, excerptFrom, revision } from './authoring/article.ts';
import { changing } from './authoring/change.ts';
import { conversation } from './authoring/conversation.ts';
import { listArticles } from './authoring/list.ts';
import { create, existing, revise } from './authoring/post.ts';
import { publication } from './authoring/publication.ts';
import { history, numberOf, revisionOf } from './authoring/revisions.ts';
import { rename, slugState } from './authoring/slug.ts';
import { renderMarkdown } from './domain/markdown.ts';
import { readEnv } from './env.ts';
import { type Call, param } from './http/call.ts';
import { reading, routes, writing } from './http/endpoint.ts';
import { accountOf, requireGroup } from './http/group.ts';
import { json } from './http/reply.ts';
import { pin, unpin } from './table/pins.ts';
import { closePost, type PostItem, publishPost, withdrawPost } from './table/posts.ts';
import { renamePost } from './table/renames.ts';
import { readBody } from './table/revisions.ts';
import { openTable } from './table/table.ts';

/** What authors do with their posts, behind the authorizer's scope and the group that this handler checks. */
export const handler = routes({
  'GET /api/admin/posts': reading(async (call) => {
    requireGroup(call, 'author');
    const { posts, next } = await listArticles(table(), call.queryStringParameters ?? {});
    return json(200, { posts: posts.map(summary), next });
  }),
  'POST /api/admin/posts': writing(
    article,
    async (call) => {
      requireGroup(call, 'author');
      const { kind, ...words } = call.input;
      return reply(201, await create(table(), words, new Date(), { kind, account: accountOf(call) }));
    },
    ARTICLE_BYTES,
  ),
  'GET /api/admin/posts/{id}': reading(async (call) => reply(200, await own(call))),
  'PUT /api/admin/posts/{id}': writing(
    revision,
    async (call) => {
      const { ver, closed, autosave, slug: _slug, kind: _kind, ...words } = call.input;
      const written = { closed, autosave, account: accountOf(call) };
      return changed(call, ver, (post) => revise(table(), post, words, new Date(), written));
    },
    ARTICLE_BYTES,
  ),
  'GET /api/admin/posts/{id}/revisions': reading(async (call) =>
    json(200, await history(table(), await own(call), call.queryStringParameters?.cursor)),
  ),
  'GET /api/admin/posts/{id}/revisions/{rev}': reading(async (call) =>
    json(200, await revisionOf(table(), await own(call), numberOf('rev', param(call, 'rev')))),
  ),
  'PUT /api/admin/posts/{id}/slug': writing(rename, async (call) =>
    changed(call, call.input.ver, (post) => renamePost(table(), post, call.input.slug, new Date())),
  ),
  'PUT /api/admin/posts/{id}/publication': writing(publication, async (call) =>
    changed(call, call.input.ver, (post) => publishPost(table(), post, call.input.date ?? null, new Date())),
  ),
  'DELETE /api/admin/posts/{id}/publication': reading(async (call) =>
    changed(call, undefined, (post) => withdrawPost(table(), post)),
  ),
  'PUT /api/admin/posts/{id}/conversation': writing(conversation, async (call) =>
    talk(call, (post) => closePost(table(), post, call.input.closed)),
  ),
  'PUT /api/admin/posts/{id}/pins/{ref}': reading(async (call) =>
    talk(call, (post) => pin(table(), post, param(call, 'ref'))),
  ),
  'DELETE /api/admin/posts/{id}/pins/{ref}': reading(async (call) =>
    talk(call, (post) => unpin(table(), post, param(call, 'ref'))),
  ),
  'GET /api/admin/slugs': reading(async (call) => {
    requireGroup(call, 'author');
    const { wanted = '', post } = call.queryStringParameters ?? {};
    return json(200, await slugState(table(), wanted, post));
  }),
});

const table = () => openTable(readEnv().table);

/** Throws RuleError 'group.missing' or 'post.not-found'. */
async function own(call: Call): Promise<PostItem> {
  requireGroup(call, 'author');
  return existing(table(), param(call, 'id'));
}

const changed = async (call: Call, ver: number | undefined, change: (post: PostItem) => Promise<PostItem>) =>
  reply(200, await changing(table(), await own(call), ver, change));

/** Of an article that readers have, for those who look after its conversation. Throws RuleError 'group.missing'. */
async function talk(call: Call, change: (post: PostItem) => Promise<PostItem>) {
  requireGroup(call, 'moderator');
  const { id, closed, pins, ver } = await changing(
    table(),
    await existing(table(), param(call, 'id')),
    undefined,
    change,
  );
  return json(200, { id, closed, pins, ver });
}

async function reply(status: number, post: PostItem) {
  const source = await readBody(table(), post);
  return json(status, { ...summary(post), ownExcerpt: post.excerpt !== excerptFrom(renderMarkdown(source)), source });
}

function summary(post: PostItem) {
  const { id, kind, slug, formerly, title, excerpt, author, category, tags } = post;
  const { status, date, updated, closed, pins, rev, ver } = post;
  return {
    ...{ id, kind, slug, formerly, title, excerpt, author, category, tags },
    ...{ status, date, updated, closed, pins, rev, ver },
  };
}
