import { ARTICLE_BYTES } from './authoring/article.ts';
import { readEnv } from './env.ts';
import { routes, writing } from './http/endpoint.ts';
import { requireGroup } from './http/group.ts';
import { json } from './http/reply.ts';
import { previewPage } from './preview/page.ts';
import { unfinished } from './preview/words.ts';

/** How an article would look, for authors, behind the authorizer's scope. It has no table to read, and so no way to one. */
export const handler = routes({
  'POST /api/admin/previews': writing(
    unfinished,
    async (call) => {
      requireGroup(call, 'author');
      return json(200, { html: previewPage(call.input, readEnv().settings.site, new Date()) });
    },
    ARTICLE_BYTES,
  ),
});
