import { reading, reporting, routes, writing } from './http/endpoint.ts';
import { problemPage } from './http/problem-page.ts';
import { data } from './receipts/data.ts';
import { erase, erasing } from './receipts/erase.ts';
import { receipt } from './receipts/receipt.ts';
import { complaint, report, reportForm } from './receipts/report.ts';

/** What is done with a comment that is there: its writer sees what became of it and erases it, a reader gives thanks for it or reports it. */
export const handler = routes(
  {
    'GET /api/comments/{id}': reading(receipt),
    'GET /api/comments/{id}/data': reading(data),
    'POST /api/comments/{id}/erasure': writing(erasing, erase),
    'GET /api/posts/{slug}/report': reading(reportForm),
    'POST /api/posts/{slug}/report': reporting(complaint, report),
  },
  problemPage,
);
