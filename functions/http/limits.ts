import { RuleError } from '../domain/errors.ts';
import type { Middleware } from './middleware.ts';

/** Of a whole request body. The edge refuses larger ones by Content-Length; a client may leave that out. */
export const BODY_BYTES = 65_536;

/** Throws RuleError 'body.too-large' {limit}. */
export function limits(bytes = BODY_BYTES): Middleware {
  return {
    before: function refuseLargeBody({ event }) {
      const encoding = event.isBase64Encoded ? 'base64' : 'utf8';
      if (Buffer.byteLength(event.body ?? '', encoding) > bytes) {
        throw new RuleError('body.too-large', { limit: bytes });
      }
    },
  };
}
