import { COMMENT_LIMITS } from '../domain/comment-limits.ts';
import { RuleError } from '../domain/errors.ts';
import { sanitizeComment } from '../domain/sanitize.ts';
import type { Middleware } from './middleware.ts';

/**
 * Turns the submitted `body` into safe HTML and a list of what was taken away, before any handler sees it. Throws the
 * sanitizer's RuleError for text that cannot be taken.
 */
export function sanitize(): Middleware {
  return {
    before: function sanitizeBody({ event }) {
      const { body } = event.input as { body: string };
      const got = Buffer.byteLength(body);
      const limit = COMMENT_LIMITS.source;
      if (got > limit) throw new RuleError('comment.too-long', { limit, got });
      event.safe = sanitizeComment(body);
    },
  };
}
