import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compress } from '../../infra/local/compress.ts';

const page = (headers: Record<string, string> = {}, length = 2000, status = 200) => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', etag: '"abc"', ...headers },
  cookies: [],
  body: Buffer.alloc(length, 'stoa '),
});

describe('the encoding is chosen from what the browser takes', () => {
  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0', undefined],
    ['identity', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', async (accepted, encoding) => {
    const { headers } = await compress(page(), accepted);

    expect((headers as Record<string, string>)['content-encoding']).toBe(encoding);
  });
});

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('%s gives the same bytes back, a weak tag and Vary', async (encoding, decompress) => {
  const original = page();

  const { headers, body } = await compress(original, encoding);

  expect(decompress(body)).toEqual(original.body);
  expect(headers).toMatchObject({ etag: 'W/"abc"', vary: 'Accept-Encoding', 'content-encoding': encoding });
});

describe('what CloudFront would not compress stays as it is', () => {
  test.each([
    ['too small', page({}, 999)],
    ['too large', page({}, 10_000_001)],
    ['an image', page({ 'content-type': 'image/png' })],
    ['Atom, which is not on its list', page({ 'content-type': 'application/atom+xml' })],
    ['without a type', page({ 'content-type': '' })],
    ['encoded already', page({ 'content-encoding': 'gzip' })],
    ['not to be stored', page({ 'cache-control': 'private, no-store' })],
    ['an error of the server', page({}, 2000, 500)],
    ['a redirect', page({}, 2000, 301)],
  ])('%s', async (_, response) => {
    expect(await compress(response, 'br, gzip')).toBe(response);
  });
});

test.each([1000, 10_000_000])('%i bytes are compressed', async (length) => {
  const { body } = await compress(page({}, length), 'gzip');

  expect(body.length).toBeLessThan(length / 2);
});
