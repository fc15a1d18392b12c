import type { SafeHtml } from '../domain/sanitize.ts';
import type { Found } from './comment-items.ts';
import { seatKey, waitKey } from './keys.ts';
import type { Table } from './table.ts';

/** Other words for a comment, and who gave them. */
export interface Edit {
  html: SafeHtml;
  source: string;
  policy: string;
  removed: string[];
  by: string;
  at: string;
}

/**
 * Access pattern `edit`: UpdateItem of WAIT or of the seat, conditional on `ver`. What its writer sent is kept through
 * every edit. False: somebody else changed it since it was read.
 */
export async function edit(table: Table, comment: Found, { by, at, ...words }: Edit): Promise<boolean> {
  const original = comment.edited?.original ?? comment.source;
  const key = comment.at ? seatKey(comment.post, comment.at) : waitKey(comment.id);
  const edited = await table.update(key, {
    set: 'html = :html, #source = :source, #policy = :policy, removed = :removed, edited = :edited, ver = ver + :one',
    condition: 'ver = :ver AND #status = :status',
    names: { '#source': 'source', '#policy': 'policy', '#status': 'status' },
    values: {
      ':html': words.html,
      ':source': words.source,
      ':policy': words.policy,
      ':removed': words.removed,
      ':edited': { by, at, original },
      ':one': 1,
      ':ver': comment.ver,
      ':status': comment.status,
    },
  });
  return edited !== null;
}
