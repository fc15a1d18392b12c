import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { FORM, filled, formBody, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

const ADDRESS = 'https://blog.example.org';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ site: { address: ADDRESS } });
  await publishedPost(stack.table, 'rooms');
});
afterAll(() => stack[Symbol.asyncDispose]());

const post = (headers: Record<string, string>) =>
  stack.send('/api/posts/rooms/comments', {
    method: 'POST',
    body: formBody(filled()),
    headers: { ...FORM, ...headers },
  });

describe('a comment that another site sent is refused, as if there were nothing, and not stored:', () => {
  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: ADDRESS }],
    ['from a neighbour of the site', { 'sec-fetch-site': 'same-site', origin: ADDRESS }],
    ['from no page at all', { 'sec-fetch-site': 'none', origin: ADDRESS }],
    ['with two answers', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['from an older browser on another site', { origin: 'https://evil.example' }],
    ['from a neighbour in an older browser', { origin: 'https://www.blog.example.org' }],
    ['from an address that only begins alike', { origin: `${ADDRESS}.evil.example` }],
    ['from a sandbox', { origin: 'null' }],
    ['with the site as referrer alone', { referer: `${ADDRESS}/rooms/` }],
    ['with a host that the sender chose', { origin: 'https://evil.example', 'x-stoa-host': 'evil.example' }],
    ['without either header', {}],
  ])('%s', async (_, headers) => {
    const before = await stack.stored();
    const missing = await stack.send('/nothing-here/');

    const sent = await post(headers as Record<string, string>);

    expect([sent.status, sent.text, sent.cookies]).toEqual([404, missing.text, []]);
    expect(await stack.stored()).toEqual(before);
  });
});

describe('a comment from a page of the site is taken', () => {
  test('as the browser says', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  test('from an older browser, by the address of the site', async () => {
    expect((await post({ origin: ADDRESS })).status).toBe(303);
  });

  test('from an older browser, by the host that it was sent to', async () => {
    expect((await post({ origin: stack.server.url })).status).toBe(303);
  });
});

test('an author’s program needs no page: its token is not sent by itself', async () => {
  const headers = {
    ...JSON_TYPE,
    authorization: `Bearer ${await stack.authorToken()}`,
    'sec-fetch-site': 'cross-site',
  };
  const body = JSON.stringify({ title: 'By program', author: 'Ada Byrne', source: 'Hm.' });

  const sent = await stack.send('/api/admin/posts', { method: 'POST', headers, body });

  expect(sent.status).toBe(201);
});

describe('what did not come through the distribution is refused', () => {
  const call = (name: 'comments' | 'receipts' | 'posts', routeKey: string, secret: string | null) => {
    const method = routeKey.split(' ')[0];
    const event = {
      headers: { ...FORM, 'sec-fetch-site': 'same-origin', ...(secret === null ? {} : { 'x-stoa-origin': secret }) },
      pathParameters: { slug: 'rooms', id: 'received' },
      requestContext: { routeKey, http: { method } },
      body: formBody(filled({ email: 'direct@example.org' })),
    };
    return stack.server.platform.functions[name](event as never, {} as never);
  };

  test.each([
    ['without the secret', null],
    ['with an empty one', ''],
    ['with another', 'f'.repeat(64)],
  ])('%s', async (_, secret) => {
    const before = await stack.stored();

    const replies = await Promise.all([
      call('comments', 'POST /api/posts/{slug}/comments', secret),
      call('receipts', 'GET /api/comments/{id}', secret),
      call('posts', 'GET /api/posts/{slug}', secret),
    ]);

    expect(replies.map((reply) => (reply as { statusCode: number }).statusCode)).toEqual([403, 403, 403]);
    expect(await stack.stored()).toEqual(before);
  });

  test('also while there is no previous secret, and the list of them ends with a comma', async () => {
    const { originSecret } = stack.server.platform.connection.secrets;
    const settings = process.env.STOA_SETTINGS;
    process.env.STOA_ORIGIN_SECRETS = `${originSecret},`;
    process.env.STOA_SETTINGS = `${settings} `;

    const refused = await call('posts', 'GET /api/posts/{slug}', null);
    const taken = await call('posts', 'GET /api/posts/{slug}', originSecret);

    expect([refused, taken]).toMatchObject([{ statusCode: 403 }, { statusCode: 200 }]);
  });

  test('though a client sends the header itself', async () => {
    const sent = await post({ 'sec-fetch-site': 'cross-site', 'x-stoa-origin': 'f'.repeat(64) });

    expect(sent.status).toBe(404);
  });
});
