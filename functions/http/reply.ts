import { createHash } from 'node:crypto';
import { cspStyle } from '../../web/generated/assets.ts';
import type { Call, Reply } from './call.ts';
import { pagePolicy } from './policy.ts';

const PRIVATE = { 'cache-control': 'no-store' };
const PUBLIC = { 'cache-control': 'public, max-age=0, s-maxage=5' };

/** Says its own CSP: at the edge, the function that builds one for the bucket's pages is not called for errors. */
export const html = (statusCode: number, body: string): Reply => ({
  statusCode,
  headers: { ...PRIVATE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy(cspStyle) },
  body,
});

export const json = (statusCode: number, body: object, type = 'application/json'): Reply => ({
  statusCode,
  headers: { ...PRIVATE, 'content-type': type },
  body: JSON.stringify(body),
});

/** 303 See Other (RFC 9110 §15.4.4): what a form is answered with. */
export const seeOther = (location: string): Reply => ({ statusCode: 303, headers: { ...PRIVATE, location } });

export const noContent = (): Reply => ({ statusCode: 204, headers: PRIVATE });

export const sharedJson = (call: Call, body: object) => shared(call, JSON.stringify(body), 'application/json');

/** For everybody, with an ETag; 304 to whoever has it (RFC 9110 §13.1.2). */
export function shared(call: Call, body: string, type: string): Reply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const known = (call.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag)) return { statusCode: 304, headers: { ...PUBLIC, etag } };
  return { statusCode: 200, headers: { ...PUBLIC, 'content-type': type, etag }, body };
}
