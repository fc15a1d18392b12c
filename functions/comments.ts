import { challenge } from './comments/challenge.ts';
import { draft, preview } from './comments/preview.ts';
import { replyForm } from './comments/reply-form.ts';
import { reword, rewording } from './comments/reword.ts';
import { submission } from './comments/submission.ts';
import { submit } from './comments/submit.ts';
import { reading, routes } from './http/endpoint.ts';
import { problemPage } from './http/problem-page.ts';
import { rewording as changing, commenting, submitting } from './http/words.ts';

/** Where readers' words come in: a comment, other words for it, how it would appear; what is asked of a script first, and the script-less reply form. */
export const handler = routes(
  {
    'POST /api/posts/{slug}/comments': submitting(submission, submit),
    'GET /api/posts/{slug}/challenge': reading(challenge),
    'POST /api/posts/{slug}/preview': commenting(draft, preview),
    'GET /api/posts/{slug}/reply': reading(replyForm),
    'POST /api/comments/{id}/words': changing(rewording, reword),
  },
  problemPage,
);
