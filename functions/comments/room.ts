import { RuleError } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { countQueue, QUEUES } from '../table/queue.ts';
import { chargePost } from '../table/quotas.ts';
import type { Table } from '../table/table.ts';

/** A full queue is read by a person, not by a clock. */
const COME_BACK_SECONDS = 900;

/**
 * Whether one more comment may wait: strangers alone are counted, so that a flood of them shuts out no reader who is
 * known. Throws RuleError 'quota.post' {seconds} or 'queue.full' {limit, seconds}.
 */
export async function makeRoom(
  table: Table,
  post: string,
  status: 'pending' | 'spam',
  limits: Settings['limits'],
  now: Date,
): Promise<void> {
  const limit = status === 'pending' ? limits.pending : null;
  if (limit !== null && (await countQueue(table, QUEUES.pending, limit)) >= limit) {
    throw new RuleError('queue.full', { limit, seconds: COME_BACK_SECONDS });
  }
  const seconds = limits.post ? await chargePost(table, post, limits.post, now) : null;
  if (seconds !== null) throw new RuleError('quota.post', { seconds });
}
