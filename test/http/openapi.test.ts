import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { operations } from '../../infra/openapi/operations.ts';
import { replies } from '../../infra/openapi/replies.ts';
import { FILE, openapi } from '../../infra/openapi.ts';
import { publishedPost } from '../support/content.ts';
import { bodyOf, cookiesOf, filled, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

const routes = Object.values<FunctionSpec>(manifest).flatMap((spec) => spec.routes ?? []);

test('docs/openapi.json is what the manifest and the schemas say: npm run openapi writes it', async () => {
  expect(JSON.parse(await readFile(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(openapi())));
});

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();

  const result = await validator.validate(JSON.parse(JSON.stringify(openapi())));

  expect([result.errors ?? [], result.valid, validator.version]).toEqual([[], true, '3.1']);
});

test('the document has every route of the manifest, and no other', () => {
  const inDocument = Object.entries(openapi().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

  const inManifest = routes.map(({ method, path }) => `${method} ${path}`);
  expect(inDocument.toSorted()).toEqual(inManifest.toSorted());
  expect(Object.keys(operations).toSorted()).toEqual(inManifest.toSorted());
});

test.each(routes)('$method $path asks for the scope that the manifest asks for', ({ method, path, auth }) => {
  const operation = openapi().paths[path]?.[method.toLowerCase()];

  expect(operation).toMatchObject({ security: auth === 'public' ? [] : [{ author: [auth.scope] }] });
});

test('a comment’s limits are in the document', () => {
  expect(openapi().components.schemas.Submission).toMatchObject({
    type: 'object',
    required: ['name', 'email', 'body'],
    additionalProperties: false,
    properties: { email: { type: 'string', format: 'email', maxLength: 254 }, url: { maxLength: 200 } },
  });
});

describe('what the API answers is what the document says', () => {
  let stack: Stack;
  let bearer: Record<string, string>;
  let known: string;
  beforeAll(async () => {
    stack = await openStack();
    await publishedPost(stack.table, 'rooms');
    known = bodyOf(await stack.json('rooms', filled())).id;
    await stack.moderate(known, 'approved');
    bearer = { ...JSON_TYPE, authorization: `Bearer ${await stack.authorToken()}` };
  });
  afterAll(() => stack[Symbol.asyncDispose]());

  const article = JSON.stringify({ title: 'By the book', author: 'Ada Byrne', source: 'Hm.' });
  const get = (path: string) => () => stack.send(path, { headers: bearer });

  const comment = async () => known;
  const dataOf = async () => {
    const sent = await stack.json('rooms', filled({ email: 'owner@example.org' }));
    return stack.send(`/api/comments/${bodyOf(sent).id}/data`, { headers: cookiesOf(sent) });
  };
  const give = (verdicts: object) =>
    stack.send('/api/admin/comments/moves', { method: 'POST', headers: bearer, body: JSON.stringify(verdicts) });

  test.each([
    ['PostList', 200, get('/api/posts')],
    ['Post', 200, get('/api/posts/rooms')],
    ['CommentList', 200, get('/api/posts/rooms/comments')],
    ['Receipt', 201, () => stack.json('rooms', filled())],
    ['StoredComment', 200, dataOf],
    ['Receipt', 201, () => stack.json('rooms', filled({ body: 'Another.' }))],
    ['ArticleList', 200, get('/api/admin/posts')],
    ['StoredArticle', 200, get('/api/admin/posts/rooms')],
    ['StoredArticle', 201, () => stack.send('/api/admin/posts', { method: 'POST', headers: bearer, body: article })],
    ['HeldList', 200, get('/api/admin/comments?status=any')],
    ['HeldInFull', 200, async () => get(`/api/admin/comments/${await comment()}`)()],
    ['Queues', 200, get('/api/admin/queues')],
    [
      'Moved',
      200,
      async () => give({ comments: [{ id: await comment(), status: 'approved', ver: 1 }], to: 'pending' }),
    ],
    ['Problem', 409, () => stack.send('/api/admin/posts', { method: 'POST', headers: bearer, body: article })],
    ['Problem', 404, get('/api/posts/nothing')],
    ['Problem', 422, () => stack.json('rooms', {})],
  ] as const)('%s %i', async (name, status, ask) => {
    const answer = await ask();

    const { issues = [] } = v.safeParse(replies[name], bodyOf(answer));
    expect([answer.status, issues.map((issue) => v.getDotPath(issue))]).toEqual([status, []]);
  });
});
