import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadFunction } from '../../infra/local/edge.ts';

const file = new URL('../../functions/edge/viewer-response.js', import.meta.url);
const run = loadFunction(file) as (event: object) => {
  statusCode: number;
  headers: Record<string, { value: string }>;
};

const HASH = `sha256-${'A'.repeat(43)}=`;

const policyWith = (style: string) =>
  `default-src 'none'; script-src 'self'; ${style}; img-src 'self'; connect-src 'self'; form-action 'self'; ` +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stoa";

const roomPolicy = (style: string, connect: string) =>
  `default-src 'none'; script-src 'self'; ${style}; img-src 'self' blob:; ${connect}; form-action 'none'; ` +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stoa";

function answer(headers: Record<string, string>, statusCode = 200, uri = '/') {
  const edgeHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const response = run({
    version: '1.0',
    viewer: { ip: '203.0.113.7' },
    request: { method: 'GET', uri, querystring: {}, headers: {}, cookies: {} },
    response: { statusCode, statusDescription: 'OK', headers: edgeHeaders, cookies: {} },
  });
  const plain = Object.fromEntries(Object.entries(response.headers).map(([name, { value }]) => [name, value]));
  return { status: response.statusCode, headers: plain };
}

test('every answer has exactly these headers added', () => {
  const { headers } = answer({ 'content-type': 'text/html' });

  expect(headers).toEqual({
    'content-type': 'text/html',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'content-security-policy': policyWith("style-src 'self'"),
  });
});

test("a page's own style is allowed by its hash", () => {
  const { headers } = answer({ 'x-amz-meta-csp-style': HASH });

  expect(headers['content-security-policy']).toBe(policyWith(`style-src 'self' '${HASH}'`));
});

test('a document that shows pages of several styles allows each by its hash', () => {
  const { headers } = answer({ 'x-amz-meta-csp-style': `${HASH} ${HASH}` });

  expect(headers['content-security-policy']).toBe(policyWith(`style-src 'self' '${HASH}' '${HASH}'`));
});

describe('what is no hash never reaches the policy', () => {
  test.each([
    'unsafe-inline',
    `${HASH}' 'unsafe-inline`,
    `${HASH}; script-src *`,
    `${HASH} 'unsafe-inline'`,
    'sha256-short=',
    `${HASH}\n`,
    `'${HASH}'`,
    '',
  ])('%j', (style) => {
    const { headers } = answer({ 'x-amz-meta-csp-style': style });

    expect(headers['content-security-policy']).toBe(policyWith("style-src 'self'"));
  });
});

describe("the authors' room may reach the origins that its document names, and nothing wider", () => {
  test.each([
    ['https://login.example.org', "connect-src 'self' https://login.example.org"],
    ['http://127.0.0.1:4321', "connect-src 'self' http://127.0.0.1:4321"],
    ['https://a.example https://b.example:8443', "connect-src 'self' https://a.example https://b.example:8443"],
    ['*', "connect-src 'self'"],
    ['https:', "connect-src 'self'"],
    ['https://a.example; script-src *', "connect-src 'self'"],
    ['https://a.example *', "connect-src 'self'"],
    ['https://a.example/path', "connect-src 'self'"],
  ])('%s', (connect, directive) => {
    const { headers } = answer({ 'x-amz-meta-csp-connect': connect, 'x-amz-meta-csp-style': HASH }, 200, '/admin/');

    expect(headers['content-security-policy']).toBe(roomPolicy(`style-src 'self' '${HASH}'`, directive));
  });
});

test('a page of the blog reaches nobody else, whatever it says', () => {
  const { headers } = answer({ 'x-amz-meta-csp-connect': 'https://login.example.org' }, 200, '/administration/');

  expect(headers['content-security-policy']).toBe(policyWith("style-src 'self'"));
});

test('the marks of S3 and API Gateway are taken off', () => {
  const { headers } = answer({
    server: 'AmazonS3',
    'x-amz-meta-csp-style': HASH,
    'x-amz-meta-other': '1',
    'x-amz-request-id': '1',
    'x-amz-server-side-encryption': 'AES256',
    'apigw-requestid': '1',
    via: '1.1 edge',
    etag: '"1"',
  });

  expect(Object.keys(headers).filter((name) => /^(x-amz|apigw|server)/.test(name))).toEqual([]);
  expect(headers).toMatchObject({ etag: '"1"', via: '1.1 edge' });
});

describe('an object can say that it moved, within the site', () => {
  test.each([
    ['/new-slug/', 301],
    ['/', 301],
    ['/a/?b=c#d', 301],
    ['//evil.example/', 200],
    ['/\\evil.example', 200],
    ['https://evil.example/', 200],
    ['javascript:alert(1)', 200],
    ['/a\r\nset-cookie: b', 200],
  ])('%j answers %i', (location, status) => {
    const result = answer({ 'x-amz-meta-location': location });

    expect(result.status).toBe(status);
    expect(result.headers.location).toBe(status === 301 ? location : undefined);
  });
});

describe('an object can say that it is gone', () => {
  test.each([
    ['404', 404],
    ['410', 410],
    ['500', 200],
    ['4040', 200],
    ['200', 200],
  ])('%s answers %i', (meta, status) => {
    const result = answer({ 'x-amz-meta-status': meta });

    expect(result.status).toBe(status);
  });
});

test('a 304 keeps the policy that the browser stored', () => {
  const result = answer({ 'x-amz-meta-status': '404', 'x-amz-meta-location': '/x/' }, 304);

  expect(result.status).toBe(304);
  expect(result.headers).not.toHaveProperty('content-security-policy');
  expect(result.headers).not.toHaveProperty('location');
});

test('it fits into a CloudFront Function, uses no modules and never allows inline code', () => {
  const source = readFileSync(file, 'utf8');

  expect(Buffer.byteLength(source)).toBeLessThan(10 * 1024);
  expect(source).not.toMatch(/^\s*(?:import|export)\b|\brequire\(/m);
  expect(source).not.toContain('unsafe-inline');
});
