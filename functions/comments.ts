import { challenge } from './comments/challenge.ts';
import { draft, preview } from './comments/preview.ts';
import { receipt } from './comments/receipt.ts';
import { replyForm } from './comments/reply-form.ts';
import { complaint, report, reportForm } from './comments/report.ts';
import { submission } from './comments/submission.ts';
import { submit } from './comments/submit.ts';
import { commenting, reading, reporting, routes, submitting } from './http/endpoint.ts';

/** What readers do: answer an article, see the receipt, open the script-less reply form, report a comment. */
export const handler = routes({
  'POST /api/posts/{slug}/comments': submitting(submission, submit),
  'GET /api/posts/{slug}/challenge': reading(challenge),
  'POST /api/posts/{slug}/preview': commenting(draft, preview),
  'GET /api/posts/{slug}/reply': reading(replyForm),
  'GET /api/comments/{id}': reading(receipt),
  'GET /api/posts/{slug}/report': reading(reportForm),
  'POST /api/posts/{slug}/report': reporting(complaint, report),
});
