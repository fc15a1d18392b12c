import { challenge } from './comments/challenge.ts';
import { data } from './comments/data.ts';
import { erase, erasing } from './comments/erase.ts';
import { draft, preview } from './comments/preview.ts';
import { receipt } from './comments/receipt.ts';
import { replyForm } from './comments/reply-form.ts';
import { complaint, report, reportForm } from './comments/report.ts';
import { reword, rewording } from './comments/reword.ts';
import { submission } from './comments/submission.ts';
import { submit } from './comments/submit.ts';
import { reading, reporting, routes, writing } from './http/endpoint.ts';
import { problemPage } from './http/problem-page.ts';
import { rewording as changing, commenting, submitting } from './http/words.ts';

/** What readers do: answer an article, see the receipt, change and erase what they wrote, open the script-less reply form, report a comment. */
export const handler = routes(
  {
    'POST /api/posts/{slug}/comments': submitting(submission, submit),
    'GET /api/posts/{slug}/challenge': reading(challenge),
    'POST /api/posts/{slug}/preview': commenting(draft, preview),
    'GET /api/posts/{slug}/reply': reading(replyForm),
    'GET /api/comments/{id}': reading(receipt),
    'GET /api/comments/{id}/data': reading(data),
    'POST /api/comments/{id}/words': changing(rewording, reword),
    'POST /api/comments/{id}/erasure': writing(erasing, erase),
    'GET /api/posts/{slug}/report': reading(reportForm),
    'POST /api/posts/{slug}/report': reporting(complaint, report),
  },
  problemPage,
);
