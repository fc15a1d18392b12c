import { isOver } from '../domain/retention.ts';
import type { CommentItem, WaitItem } from './comment-items.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/** Comments that a moderator may still let in, by the name of their queue. */
export const QUEUES = { pending: 'held', spam: 'spam' } as const;
export type Queued = keyof typeof QUEUES;

/** The index attributes of a comment that a moderator finds in a queue. */
export const queued = (id: string, created: string, status: Queued) => ({
  queue: QUEUES[status],
  queuedAt: `${created}#${id}`,
});

/**
 * Access pattern `queue`: Query of the queue index, newest first, a page at a time, then the items themselves, since
 * an index may be late: only what still is in that status is given.
 */
export async function queueOf(table: Table, status: Queued, page: { limit?: number; after?: Key | undefined } = {}) {
  const { items, next } = await table.query<Key>({
    pk: QUEUES[status],
    index: 'queue',
    descending: true,
    limit: page.limit ?? 100,
    after: page.after as Record<string, unknown> | undefined,
  });
  const found = await Promise.all(items.map(({ pk, sk }) => table.get<WaitItem | CommentItem>({ pk, sk })));
  return {
    comments: found.filter((item) => item?.status === status && !('ttl' in item && isOver(item))) as (
      | WaitItem
      | CommentItem
    )[],
    next: next as Key | undefined,
  };
}

/** Access pattern `count a queue`: Query of the queue index, at most `most` of it, counted there. An index may be a moment late. */
export const countQueue = (table: Table, queue: string, most: number): Promise<number> =>
  table.count({ pk: queue, index: 'queue', limit: most });
