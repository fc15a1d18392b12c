import { describe, expect, test } from 'vitest';
import type { FunctionSpec } from '../../functions/manifest.ts';
import { toEvent, toResponse } from '../../infra/local/http-event.ts';
import type { Request } from '../../infra/local/http-message.ts';
import type { Match } from '../../infra/local/routes.ts';
import { router } from '../../infra/local/routes.ts';

const spec = { entry: 'x.ts', memoryMb: 256, timeoutSeconds: 5, access: { table: [] } } satisfies FunctionSpec;
const match: Match = {
  name: 'comments',
  spec,
  route: { method: 'POST', path: '/api/posts/{slug}/comments', auth: 'public', throttle: 'comment' },
  routeKey: 'POST /api/posts/{slug}/comments',
  parameters: { slug: 'hello' },
};

const request = (changes: Partial<Request> = {}): Request => ({
  method: 'POST',
  uri: '/api/posts/hello/comments',
  query: '',
  headers: { host: 'stoa.execute-api.localhost', 'user-agent': 'test' },
  cookies: [],
  body: Buffer.alloc(0),
  address: '127.0.0.1',
  ...changes,
});

const eventOf = (changes: Partial<Request> = {}) =>
  toEvent(request(changes), match, 'id-1', Date.UTC(2020, 2, 12, 19, 3, 58), undefined);

test('an event has the shape of payload format 2.0', () => {
  const event = eventOf({
    query: 'a=1&a=2&b=%20x',
    cookies: ['c=1', 'd=2'],
    headers: { host: 'stoa.execute-api.localhost', 'user-agent': 'test', accept: 'a,b' },
  });

  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /api/posts/{slug}/comments',
    rawPath: '/api/posts/hello/comments',
    rawQueryString: 'a=1&a=2&b=%20x',
    cookies: ['c=1', 'd=2'],
    headers: { host: 'stoa.execute-api.localhost', 'user-agent': 'test', accept: 'a,b' },
    queryStringParameters: { a: '1,2', b: ' x' },
    pathParameters: { slug: 'hello' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'stoa.execute-api.localhost',
      domainPrefix: 'stoa',
      http: {
        method: 'POST',
        path: '/api/posts/hello/comments',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: 'id-1',
      routeKey: 'POST /api/posts/{slug}/comments',
      stage: '$default',
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1584039838000,
    },
    isBase64Encoded: false,
  });
});

test('what was not sent is not there', () => {
  const event = eventOf();

  expect(event).not.toHaveProperty('cookies');
  expect(event).not.toHaveProperty('queryStringParameters');
  expect(event).not.toHaveProperty('body');
});

describe('a body is text or base64 by its type', () => {
  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/x-www-form-urlencoded; charset=utf-8', true],
    ['multipart/form-data; boundary=x', true],
    ['application/octet-stream', true],
    ['application/problem+json', true],
    [undefined, true],
  ])('%s', (type, isBase64Encoded) => {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};

    const event = eventOf({ headers, body: Buffer.from('text=é') });

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('text=é');
  });
});

test('a parameter named __proto__ is a parameter', () => {
  const event = eventOf({ query: '__proto__=x' });

  expect(Object.keys(event.queryStringParameters ?? {})).toEqual(['__proto__']);
});

describe('a reply becomes a response', () => {
  test('with its status, headers, cookies and bytes', () => {
    const response = toResponse({
      statusCode: 201,
      headers: { 'Content-Type': 'image/png', 'X-Count': 3, 'Set-Cookie': 'z=0' },
      cookies: ['a=1', 'b=2'],
      body: 'aGk=',
      isBase64Encoded: true,
    });

    expect(response).toEqual({
      status: 201,
      headers: { 'content-type': 'image/png', 'x-count': '3' },
      cookies: ['z=0', 'a=1', 'b=2'],
      body: Buffer.from('hi'),
    });
  });

  test.each([
    [{ hello: 'world' }, '{"hello":"world"}'],
    ['hello', 'hello'],
    [[1], '[1]'],
    [null, 'null'],
  ])('%j without a status is the JSON of a 200', (result, text) => {
    const response = toResponse(result);

    expect([response.status, response.headers, response.body.toString()]).toEqual([
      200,
      { 'content-type': 'application/json' },
      text,
    ]);
  });

  test.each([
    [{ statusCode: '200' }],
    [{ statusCode: 99 }],
    [{ statusCode: 200, body: { a: 1 } }],
    [{ statusCode: 200, headers: { a: [1] } }],
    [{ statusCode: 200, cookies: 'a=1' }],
  ])('%j is malformed', (result) => {
    expect(() => toResponse(result)).toThrow();
  });
});

describe('a route is found', () => {
  const find = router({
    posts: {
      ...spec,
      routes: [
        { method: 'GET', path: '/api/posts/{slug}', auth: 'public', throttle: 'rest' },
        { method: 'GET', path: '/api/posts/latest', auth: 'public', throttle: 'rest' },
        { method: 'GET', path: '/api/posts/{slug}/comments', auth: 'public', throttle: 'rest' },
      ],
    },
  });

  test.each([
    ['GET', '/api/posts/hello', 'GET /api/posts/{slug}', { slug: 'hello' }],
    ['GET', '/api/posts/h%C3%A9', 'GET /api/posts/{slug}', { slug: 'hé' }],
    ['GET', '/api/posts/latest', 'GET /api/posts/latest', {}],
    ['GET', '/api/posts/hello/comments', 'GET /api/posts/{slug}/comments', { slug: 'hello' }],
    ['HEAD', '/api/posts/hello', undefined, undefined],
    ['POST', '/api/posts/hello', undefined, undefined],
    ['GET', '/api/posts/', undefined, undefined],
    ['GET', '/api/posts/hello/', undefined, undefined],
    ['GET', '/api/posts//comments', undefined, undefined],
  ])('%s %s', (method, path, routeKey, parameters) => {
    const found = find(method, path);

    expect([found?.routeKey, found?.parameters]).toEqual([routeKey, parameters]);
  });
});
