import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadFunction } from '../../infra/local/edge.ts';

const file = new URL('../../functions/edge/viewer-request.js', import.meta.url);
const run = loadFunction(file) as (event: object) => {
  uri: string;
  statusCode?: number;
  headers: Record<string, { value: string }>;
  body?: { encoding: string; data: string };
};

function view(uri: string, headers: Record<string, string> = {}, method = 'GET') {
  const edgeHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  return run({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    viewer: { ip: '203.0.113.7' },
    request: { method, uri, querystring: { a: { value: 'b' } }, headers: edgeHeaders, cookies: {} },
  });
}

describe('a path becomes a key', () => {
  test.each([
    ['/', '/index.html'],
    ['/hello/', '/hello/index.html'],
    ['/hello/comments/42/', '/hello/comments/42/index.html'],
    ['/page/3/', '/page/3/index.html'],
    ['/feed.xml', '/feed.xml'],
    ['/assets/site.0a1b.css', '/assets/site.0a1b.css'],
    ['/api/comments/c1', '/api/comments/c1'],
    ['/api/', '/api/'],
    ['/api/posts/hello/comments', '/api/posts/hello/comments'],
    ['//evil.example', '//evil.example'],
    ['//evil.example/', '//evil.example/index.html'],
    ['//evil', '//evil'],
    ['/\\evil', '/\\evil'],
    ['/%2Fevil', '/%2Fevil'],
    ['/%5Cevil', '/%5Cevil'],
    ['/%09/evil', '/%09/evil'],
    ['/a//evil', '/a//evil'],
    ['/..', '/..'],
    ['/hello\r\nset-cookie:a', '/hello\r\nset-cookie:a'],
    ['/hello/c/42', '/hello/c/42/'],
  ])('%s', (uri, key) => {
    const result = view(uri);

    const target = result.statusCode === undefined ? result.uri : result.headers.location?.value;
    expect(target).toBe(key);
  });
});

describe('a path without its slash is redirected within the site', () => {
  test.each([
    ['/hello', '/hello/'],
    ['/page/3', '/page/3/'],
    ['/hello/comments/t17', '/hello/comments/t17/'],
    ['/api', '/api/'],
  ])('%s', (uri, location) => {
    const result = view(uri);

    expect(result.statusCode).toBe(301);
    expect(result.headers.location?.value).toBe(location);
    expect(result.headers['content-security-policy']?.value).toContain("default-src 'none'");
  });
});

describe('a permalink leads to its segment without looking anything up', () => {
  test.each([
    ['/hello/c/42-7', '/hello/comments/42/#comment-42-7'],
    ['/hello/c/t17-5/', '/hello/comments/t17/#comment-t17-5'],
  ])('%s', (uri, location) => {
    const result = view(uri);

    expect(result.statusCode).toBe(302);
    expect(result.headers.location?.value).toBe(location);
  });

  test.each(['/hello/c/0-7', '/hello/c/42-x', '//evil/c/42-7', '/HELLO/c/1-1'])('not %s', (uri) => {
    const result = view(uri);

    expect(result.headers.location?.value ?? '').not.toContain('#comment');
  });
});

test("the viewer's address and host are written over what the client sent", () => {
  const sent = { host: 'blog.example.org', 'x-stoa-viewer': '198.51.100.1', 'x-stoa-host': 'evil.example' };

  const { headers } = view('/api/posts', { ...sent, 'x-stoa-origin': 'guess', 'x-stoa-anything': '1' });

  expect(headers).toEqual({
    host: { value: 'blog.example.org' },
    'x-stoa-viewer': { value: '203.0.113.7' },
    'x-stoa-host': { value: 'blog.example.org' },
  });
});

describe('a body is refused by its length', () => {
  test.each([
    ['65536', undefined],
    ['65537', 413],
    ['9999999999', 413],
  ])('%s bytes', (length, status) => {
    const result = view('/api/posts/hello/comments', { 'content-length': length }, 'POST');

    expect(result.statusCode).toBe(status);
  });

  test('the refusal says the limit in a few bytes', () => {
    const result = view('/api/posts/hello/comments', { 'content-length': '70000' }, 'POST');

    expect(result.body).toEqual({ encoding: 'text', data: 'The request is larger than 65536 bytes.\n' });
    expect(result.headers['cache-control']?.value).toBe('no-store');
  });
});

test('it fits into a CloudFront Function and uses no modules', () => {
  const source = readFileSync(file, 'utf8');

  expect(Buffer.byteLength(source)).toBeLessThan(10 * 1024);
  expect(source).not.toMatch(/^\s*(?:import|export)\b|\brequire\(/m);
});
