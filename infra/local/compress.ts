import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Response } from './http-message.ts';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** From CloudFront's list "File types that CloudFront compresses", what Stoa can send. It has no Atom there. */
const TYPES = new Set([
  'application/javascript',
  'application/json',
  'application/rss+xml',
  'application/wasm',
  'application/xhtml+xml',
  'application/xml',
  'image/svg+xml',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/plain',
  'text/xml',
]);

/**
 * Compresses as CloudFront does: 200, 403 and 404 of a known type with 1,000 to 10,000,000 bytes; Brotli before
 * gzip; the entity tag becomes weak. What may not be stored is left alone: its behaviours have no cache policy,
 * without which CloudFront never compresses.
 */
export async function compress(response: Response, acceptEncoding: string | undefined): Promise<Response> {
  const encoding = chooseEncoding(acceptEncoding);
  if (!encoding || !isCompressible(response)) return response;

  const { etag, ...headers } = response.headers;
  const body = encoding === 'br' ? await brotliText(response.body) : await deflate(response.body);
  return {
    ...response,
    headers: {
      ...headers,
      ...(etag ? { etag: etag.startsWith('W/') ? etag : `W/${etag}` } : {}),
      'content-encoding': encoding,
      vary: headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding',
    },
    body,
  };
}

function chooseEncoding(acceptEncoding = ''): 'br' | 'gzip' | undefined {
  const accepted = acceptEncoding
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => !/;\s*q=0(\.0*)?$/.test(item))
    .map((item) => item.split(';')[0]?.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : undefined;
}

function isCompressible({ status, headers, body }: Response): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    [200, 403, 404].includes(status) &&
    body.length >= 1000 &&
    body.length <= 10_000_000 &&
    TYPES.has(type) &&
    headers['content-encoding'] === undefined &&
    !/\bno-store\b/.test(headers['cache-control'] ?? '')
  );
}

function brotliText(body: Buffer): Promise<Buffer> {
  return brotli(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
    },
  });
}
