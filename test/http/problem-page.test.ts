import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionName, manifest, type Route } from '../../functions/manifest.ts';
import { publishedPost } from '../support/content.ts';
import { FORM, filled, formBody, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table, 'rooms');
});
afterAll(() => stack[Symbol.asyncDispose]());

const HOSTILE = "\n\"><script>alert(1)</script></textarea><b title='x'>&amp; é\u202e";

function formOf(html: string) {
  const form = parse(html).querySelector('form');
  const value = (name: string) => form?.querySelector(`[name=${name}]`)?.getAttribute('value');
  return {
    action: form?.getAttribute('action'),
    name: value('name'),
    email: value('email'),
    url: value('url'),
    parent: value('parent'),
    body: form?.querySelector('textarea')?.text,
    marked: form?.querySelectorAll('[aria-invalid=true]').map((field) => field.getAttribute('name')),
  };
}

describe('a refused form comes back', () => {
  test('with all that was typed, escaped, and the fields marked', async () => {
    const { status, text } = await stack.form(
      'rooms',
      filled({ name: HOSTILE, email: `${HOSTILE}@`, url: HOSTILE, parent: HOSTILE, body: HOSTILE }),
    );

    expect(status).toBe(422);
    expect(parse(text).querySelectorAll('form, form script, form b')).toHaveLength(1);
    expect(formOf(text)).toEqual({
      action: '/api/posts/rooms/comments',
      name: HOSTILE,
      email: `${HOSTILE}@`,
      url: HOSTILE,
      parent: HOSTILE,
      // An HTML parser drops the first newline of a textarea, so the page writes two.
      body: `\n${HOSTILE}`,
      marked: ['email', 'url'],
    });
  });

  test.each([
    ['is too long', { body: 'a'.repeat(9000) }, 413],
    ['answers what is not there', { parent: '1-1' }, 422],
    ['names its field twice', { name: ['A', 'B'] }, 422],
    ['has a field that is none', { status: 'approved' }, 422],
    ['has a field that every object has', { __proto__x: 'x', constructor: 'x' }, 422],
  ])('with its text when it %s', async (_, over, status) => {
    const fields = filled(over);

    const sent = await stack.form('rooms', fields);

    expect([sent.status, formOf(sent.text).body]).toEqual([status, fields.body]);
  });

  test('to the article that it was sent to, whatever its address holds', async () => {
    const sent = await stack.form('%22%3E%3Cscript%3E', filled());

    expect(sent.status).toBe(404);
    expect(parse(sent.text).querySelectorAll('form script')).toEqual([]);
  });
});

describe('every page of the API', () => {
  test('allows the stylesheet that it brings and nothing else', async () => {
    const received = await stack.page('/api/comments/received');

    const style = received.document.querySelector('style')?.rawText ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(received.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'sha256-${hash}'; img-src 'self'; connect-src 'self'; ` +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stoa",
    );
  });

  test.each([
    ['a receipt that is not there', () => stack.page('/api/comments/nothing')],
    ['a refused form', () => stack.form('rooms', filled({ name: '' }))],
    ['what was there already', () => stack.page('/api/comments/received')],
    ['a body of the wrong type', () => stack.page('/api/posts/rooms/comments', wrongType)],
  ])('has a policy, is not kept and is not guessed at: %s', async (_, visit) => {
    const { headers } = await visit();

    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*style-src 'self' 'sha256-/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  });

  const wrongType = { method: 'POST', body: 'x', headers: { ...SAME_ORIGIN, 'content-type': 'text/plain' } };
});

const everyRoute = Object.entries(manifest).flatMap(([name, spec]) =>
  'routes' in spec ? spec.routes.map((route: Route) => ({ name: name as FunctionName, ...route })) : [],
);

test.each(everyRoute)(
  'a browser that $method $path refuses is shown a page where people go, and problem+json where programs sign in',
  async ({ name, method, path, auth }) => {
    const routeKey = `${method} ${path}`;
    const event = { headers: { accept: 'text/html' }, requestContext: { routeKey, http: { method } } };

    const reply = await stack.server.platform.functions[name](event as never, {} as never);

    expect(reply).toMatchObject({
      statusCode: 403,
      headers: { 'content-type': auth === 'public' ? 'text/html; charset=utf-8' : 'application/problem+json' },
    });
  },
);

test('a cookie that was set is marked Secure where the page is', async () => {
  const { functions, connection } = stack.server.platform;
  const event = (proto: string) => ({
    routeKey: 'POST /api/posts/{slug}/comments',
    headers: {
      ...SAME_ORIGIN,
      ...FORM,
      'x-stoa-origin': connection.secrets.originSecret,
      'x-forwarded-proto': proto,
    },
    pathParameters: { slug: 'rooms' },
    requestContext: { routeKey: 'POST /api/posts/{slug}/comments', http: { method: 'POST' } },
    body: formBody(filled({ email: `${proto}@example.org` })),
    isBase64Encoded: false,
  });

  const replies = await Promise.all(
    ['https', 'http'].map((proto) => functions.comments(event(proto) as never, {} as never)),
  );

  expect(replies).toMatchObject([
    { statusCode: 303, cookies: [expect.stringMatching(/; SameSite=Strict; Max-Age=31536000; Secure$/)] },
    { statusCode: 303, cookies: [expect.stringMatching(/; SameSite=Strict; Max-Age=31536000$/)] },
  ]);
});
