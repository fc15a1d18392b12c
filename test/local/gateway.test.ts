import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { AUTHOR_SCOPE, type FunctionSpec, type Route } from '../../functions/manifest.ts';
import type { StoredObject } from '../../infra/local/distribution.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../infra/local/gateway.ts';
import { type Login, startLogin } from '../../infra/local/login.ts';
import { signIn } from '../../infra/operator/sign-in.ts';

const STYLE = `sha256-${'A'.repeat(43)}=`;
const SECRET = 'origin-secret';
const redirectUri = 'http://127.0.0.1:4000/admin/';

const route = (method: Route['method'], path: string, auth: Route['auth'] = 'public'): Route => ({
  method,
  path,
  auth,
  throttle: 'rest',
});

const spec = (...routes: Route[]): FunctionSpec => ({
  entry: 'x.ts',
  memoryMb: 256,
  timeoutSeconds: 5,
  routes,
  access: { table: [] },
});

const manifest = {
  echo: spec(route('GET', '/api/posts/{slug}'), route('POST', '/api/posts/{slug}')),
  reply: spec(route('GET', '/api/reply')),
  broken: spec(route('GET', '/api/broken'), route('POST', '/api/broken')),
  slow: { ...spec(route('GET', '/api/slow')), timeoutSeconds: 0.02 },
  authoring: spec(route('GET', '/api/admin/posts', { scope: AUTHOR_SCOPE })),
  publisher: { entry: 'x.ts', memoryMb: 256, timeoutSeconds: 60, access: { table: [] } },
} satisfies Record<string, FunctionSpec>;

const object = (body: string, metadata: Record<string, string> = {}, contentType = 'text/html; charset=utf-8') =>
  ({ body: Buffer.from(body), contentType, cacheControl: 'max-age=0, s-maxage=5', etag: '"e1"', metadata }) as const;

const objects = new Map<string, StoredObject>([
  ['index.html', object('home', { 'csp-style': STYLE })],
  ['hello/index.html', object('hello '.repeat(1000))],
  ['old/index.html', object('moved', { location: '/hello/' })],
  ['withdrawn/index.html', object('gone', { status: '404' })],
  ['404.html', object('not here')],
  ['secret.txt', object('secret', {}, 'text/plain')],
]);

let dataDir: string;
let login: Login;
let gateway: Gateway;
let answer: unknown;
let invoked: APIGatewayProxyEventV2[] = [];
let logged: Record<string, unknown>[] = [];
let now = Date.now();

const options = (): GatewayOptions => ({
  port: 0,
  bucket: { get: async (key) => objects.get(key) },
  functions: {
    echo: async (event: APIGatewayProxyEventV2) => {
      invoked.push(event);
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
    },
    reply: async () => answer,
    broken: async () => {
      throw new Error('out of order');
    },
    slow: () => new Promise(() => {}),
    authoring: async (event: APIGatewayProxyEventV2) => event.requestContext,
  },
  manifest,
  settings: v.parse(settingsSchema, { limits: { throttle: null } }),
  originSecret: SECRET,
  issuer: { url: login.issuer, jwks: login.jwks, audience: login.clientId },
  now: () => now,
  log: (line) => logged.push(line),
});

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stoa-gateway-'));
  login = await startLogin({ dataDir, redirectUris: [redirectUri] });
  gateway = await startGateway(options());
});

afterAll(async () => {
  await gateway.close();
  await login.close();
  await rm(dataDir, { recursive: true });
});

beforeEach(() => {
  invoked = [];
  logged = [];
  now = Date.now();
});

/** Unlike fetch it sends the path as given, and any header. */
async function send(path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { method = 'GET', headers = {}, body } = init;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = httpRequest({ port: gateway.port, path, method, headers, agent: false }, resolve);
  request.on('error', reject).end(body);
  const response = await promise;
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

describe('pages come from the bucket', () => {
  test('with the style allowed by hash and nothing of the origin left', async () => {
    const { status, headers, text } = await send('/');

    expect([status, text]).toEqual([200, 'home']);
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' '${STYLE}'; img-src 'self'; connect-src 'self'; ` +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stoa",
    );
    expect(headers).toMatchObject({
      'cache-control': 'max-age=0, s-maxage=5',
      etag: '"e1"',
      'x-content-type-options': 'nosniff',
      'content-length': '4',
    });
    expect(Object.keys(headers).filter((name) => /^(x-amz|server)/.test(name))).toEqual([]);
  });

  test.each([
    ['/hello', 301, '/hello/'],
    ['/hello/c/42-7', 302, '/hello/comments/42/#comment-42-7'],
    ['/old/', 301, '/hello/'],
  ])('%s is redirected', async (path, status, location) => {
    const response = await send(path);

    expect([response.status, response.headers.location]).toEqual([status, location]);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    ['/missing/', 'GET', 404, 'not here'],
    ['/withdrawn/', 'GET', 404, 'gone'],
    ['/hello/', 'POST', 404, 'not here'],
    ['/%2e%2e/secret.txt', 'GET', 404, 'not here'],
    ['/x/../secret.txt', 'GET', 404, 'not here'],
    ['/..%2fsecret.txt', 'GET', 404, 'not here'],
    ['//secret.txt', 'GET', 404, 'not here'],
    ['/a%00b', 'GET', 404, 'not here'],
    ['/%ff', 'GET', 400, 'Bad Request\n'],
    ['/%zz', 'GET', 400, 'Bad Request\n'],
    ['http://evil.example/', 'GET', 400, 'Bad Request\n'],
  ])('%s by %s answers %i', async (path, method, status, body) => {
    const response = await send(path, { method });

    expect([response.status, response.text]).toEqual([status, body]);
  });

  test('HEAD gives the headers of GET and no body', async () => {
    const response = await send('/', { method: 'HEAD' });

    expect([response.status, response.text, response.headers['content-length']]).toEqual([200, '', '4']);
  });

  test('text is compressed, and its weak tag answers 304', async () => {
    const first = await send('/hello/', { headers: { 'accept-encoding': 'gzip, br' } });
    const again = await send('/hello/', { headers: { 'if-none-match': first.headers.etag ?? '' } });

    expect(first.headers).toMatchObject({ 'content-encoding': 'br', etag: 'W/"e1"', vary: 'Accept-Encoding' });
    expect([again.status, again.text, again.headers['content-security-policy']]).toEqual([304, '', undefined]);
    expect(again.headers['cache-control']).toBe('max-age=0, s-maxage=5');
  });
});

describe('the API sees what API Gateway behind CloudFront would give it', () => {
  test('with our headers, not those of the client', async () => {
    const forged = { 'x-stoa-viewer': '1.2.3.4', 'x-stoa-host': 'evil', 'x-stoa-origin': 'guess' };

    await send('/api/posts/h%C3%A9?a=1', {
      headers: { ...forged, host: 'blog.example.org', cookie: 'a=1; b=2', 'X-Forwarded-For': '9.9.9.9' },
    });

    expect(invoked[0]).toMatchObject({
      routeKey: 'GET /api/posts/{slug}',
      rawPath: '/api/posts/hé',
      rawQueryString: 'a=1',
      pathParameters: { slug: 'hé' },
      cookies: ['a=1', 'b=2'],
      requestContext: { http: { sourceIp: '127.0.0.1', method: 'GET' }, timeEpoch: now },
    });
    expect(invoked[0]?.headers).toMatchObject({
      host: 'stoa.execute-api.localhost',
      'x-stoa-host': 'blog.example.org',
      'x-stoa-viewer': '127.0.0.1',
      'x-stoa-origin': SECRET,
      'x-forwarded-for': '9.9.9.9,127.0.0.1',
    });
    expect(invoked[0]?.headers).not.toHaveProperty('cookie');
  });

  test('with a form in base64', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    await send('/api/posts/hello', { method: 'POST', headers, body: 'text=hi' });

    expect(invoked[0]).toMatchObject({ body: 'dGV4dD1oaQ==', isBase64Encoded: true });
  });

  test('and its reply comes back with cookies and a policy', async () => {
    answer = {
      statusCode: 303,
      headers: { location: '/api/x', 'x-amz-meta-csp-style': STYLE, 'content-type': 'text/html' },
      cookies: ['a=1; HttpOnly', 'b=2'],
    };

    const { status, headers } = await send('/api/reply');

    expect([status, headers.location, headers['set-cookie']]).toEqual([303, '/api/x', ['a=1; HttpOnly', 'b=2']]);
    expect(headers['content-security-policy']).toContain(`style-src 'self' '${STYLE}'`);
    expect(headers).not.toHaveProperty('x-amz-meta-csp-style');
  });
});

describe('errors of the API', () => {
  test.each([
    ['GET', '/api/nothing', 404, '{"message":"Not Found"}'],
    ['HEAD', '/api/posts/hello', 404, ''],
    ['DELETE', '/api/posts/hello', 404, '{"message":"Not Found"}'],
    ['GET', '/api/posts/%ff', 400, '{"message":"Bad Request"}'],
    ['GET', '/api/broken', 500, '{"message":"Internal Server Error"}'],
    ['GET', '/api/slow', 503, '{"message":"Service Unavailable"}'],
  ])('%s %s answers %i', async (method, path, status, body) => {
    const response = await send(path, { method });

    expect([response.status, response.text]).toEqual([status, body]);
  });

  test.each([
    [{ statusCode: 200, body: { not: 'text' } }],
    [{ statusCode: 'ok' }],
    [{ statusCode: 200, headers: { bad: 'a\r\nb: c' } }],
  ])('the malformed reply %j answers 500', async (reply) => {
    answer = reply;

    const response = await send('/api/reply');

    expect([response.status, response.text]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(logged).toHaveLength(1);
  });

  test('a 403 becomes the 404 page, and a 422 keeps its body', async () => {
    answer = { statusCode: 403, body: 'no' };
    const forbidden = await send('/api/reply');
    answer = { statusCode: 422, body: 'too long' };
    const unprocessable = await send('/api/reply');

    expect([forbidden.status, forbidden.text]).toEqual([404, 'not here']);
    expect([unprocessable.status, unprocessable.text]).toEqual([422, 'too long']);
  });

  test('a failure is logged without the body', async () => {
    await send('/api/broken', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'private words' });

    expect(logged).toEqual([
      expect.objectContaining({ message: 'function failed', function: 'broken', route: 'POST /api/broken' }),
    ]);
    expect(JSON.stringify(logged)).not.toContain('private words');
  });
});

describe('a body that is too large', () => {
  test('is refused at the edge by its length', async () => {
    const response = await send('/api/posts/hello', { method: 'POST', body: 'x'.repeat(65_537) });

    expect([response.status, invoked]).toEqual([413, []]);
  });

  test('is refused by API Gateway when it tells no length', async () => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { 'transfer-encoding': 'chunked' };
    const request = httpRequest({ port: gateway.port, path: '/api/posts/hello', method: 'POST', headers }, resolve);
    request.on('error', reject);
    request.write(Buffer.alloc(10 * 1024 * 1024 + 1));

    const response = await promise;
    request.destroy();

    expect([response.statusCode, invoked]).toEqual([413, []]);
  });
});

describe('an author is let in by a real token', () => {
  const credentials = () => ({
    issuer: login.issuer,
    clientId: login.clientId,
    redirectUri,
    ...login.account,
  });
  /** A token is not valid before it was issued, so the gateway's clock goes on with it. */
  const fresh = async (changes: { issuer?: string; password?: string; scope?: string } = {}) => {
    const tokens = await signIn({ ...credentials(), ...changes });
    now = Date.now();
    return tokens;
  };
  const list = (token: string) => send('/api/admin/posts', { headers: { authorization: `Bearer ${token}` } });

  test('whose claims reach the handler', async () => {
    const { accessToken } = await fresh();

    const response = await list(accessToken);

    expect(response.status).toBe(200);
    expect(JSON.parse(response.text).authorizer.jwt).toMatchObject({
      claims: { 'cognito:groups': '[author moderator]', client_id: 'stoa-admin', iss: login.issuer },
      scopes: ['stoa/write'],
    });
  });

  test('and by nothing else', async () => {
    const { accessToken, idToken } = await fresh();
    const other = await startLogin({ dataDir: join(dataDir, 'other'), redirectUris: [redirectUri] });
    const foreign = await fresh({ ...other.account, issuer: other.issuer });
    await other.close();
    const narrow = await fresh({ scope: 'openid' });
    const tampered = accessToken.replace(/\.(.)/, (_, first) => `.${first === 'a' ? 'b' : 'a'}`);

    const statuses = {
      none: (await send('/api/admin/posts')).status,
      inTheAddress: (await send(`/api/admin/posts?access_token=${accessToken}`)).status,
      tampered: (await list(tampered)).status,
      foreign: (await list(foreign.accessToken)).status,
      idToken: (await list(idToken)).status,
      narrow: (await list(narrow.accessToken)).status,
    };

    expect(statuses).toEqual({ none: 401, inTheAddress: 401, tampered: 401, foreign: 401, idToken: 404, narrow: 404 });
  });

  test('until it expires', async () => {
    const { accessToken, expiresIn } = await fresh();

    now += (expiresIn - 60) * 1000;
    const before = await list(accessToken);
    now += 120_000;
    const after = await list(accessToken);

    expect([before.status, after.status]).toEqual([200, 401]);
    expect(after.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });
});

test('a route is throttled by its own bucket until the clock goes on', async () => {
  const throttled = await startGateway({
    ...options(),
    settings: v.parse(settingsSchema, { limits: { throttle: { rest: { rate: 1, burst: 2 } } } }),
  });
  const get = async (path: string) => (await fetch(throttled.url + path)).status;

  const statuses = [await get('/api/posts/a'), await get('/api/posts/b'), await get('/api/posts/c')];
  answer = {};
  const elsewhere = await get('/api/reply');
  now += 1000;
  const later = await get('/api/posts/c');
  await throttled.close();

  expect([statuses, elsewhere, later]).toEqual([[200, 200, 429], 200, 200]);
});

describe('the server bears bad clients', () => {
  async function raw(bytes: string): Promise<string> {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.end(bytes);
    return text(socket);
  }

  test.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    ['a huge header', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ])('%s', async (_, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test('an upload that is broken off calls nobody and is no error', async () => {
    await raw('POST /api/posts/a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc');

    const { status } = await send('/');

    expect([status, invoked, logged]).toEqual([200, [], []]);
  });
});

test('a taken port rejects', async () => {
  await expect(startGateway({ ...options(), port: gateway.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a function that the manifest routes to must be there', async () => {
  await expect(startGateway({ ...options(), functions: {} })).rejects.toThrow('"echo"');
});

test('closing ends connections that are kept alive', async () => {
  const other = await startGateway(options());
  const socket = connect(other.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const closed = text(socket);
  await new Promise((resolve) => socket.once('readable', resolve));

  await other.close();

  expect(await closed).toContain('200 OK');
});
