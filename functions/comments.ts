import { receipt } from './comments/receipt.ts';
import { replyForm } from './comments/reply-form.ts';
import { submission } from './comments/submission.ts';
import { submit } from './comments/submit.ts';
import { commenting, reading, routes } from './http/endpoint.ts';

/** What commenters do: answer an article, see the receipt, open the script-less reply form. */
export const handler = routes({
  'POST /api/posts/{slug}/comments': commenting(submission, submit),
  'GET /api/posts/{slug}/reply': reading(replyForm),
  'GET /api/comments/{id}': reading(receipt),
});
