import { asking, pressing, reading, routes, writing } from './http/endpoint.ts';
import { problemPage } from './http/problem-page.ts';
import { know } from './me/browsers.ts';
import { askConfirmation, confirm } from './me/confirmation.ts';
import { eraseOwn, erasing } from './me/erasure.ts';
import { takeAlong } from './me/export.ts';
import { leave } from './me/leave.ts';
import { ask, nothing, request, show, spend } from './me/link.ts';
import { setMail, wish } from './me/mail.ts';
import { me } from './me/show.ts';
import { askStop, stop } from './me/stop.ts';

/** What people do with what is stored about them, by links that are mailed: without an account. */
export const handler = routes(
  {
    'GET /api/me': reading(me),
    'POST /api/me/links': asking(request, ask),
    'GET /api/me/links/{token}': reading(show),
    'POST /api/me/links/{token}': writing(nothing, spend),
    'GET /api/me/export': reading(takeAlong),
    'POST /api/me/erasure': writing(erasing, eraseOwn),
    'POST /api/me/browsers': writing(nothing, know),
    'POST /api/me/mail': writing(wish, setMail),
    'POST /api/me/end': writing(nothing, leave),
    'GET /api/mail/confirmation/{token}': reading(askConfirmation),
    'POST /api/mail/confirmation/{token}': writing(nothing, confirm),
    'GET /api/mail/stop/{token}': reading(askStop),
    'POST /api/mail/stop/{token}': pressing(stop),
  },
  problemPage,
);
