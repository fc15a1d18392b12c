import type { Key } from './keys.ts';
import { reportKey, reportsKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** What readers said against one published comment. */
export interface ReportsItem {
  post: string;
  ref: string;
  n: number;
  reasons: string[];
}

/** The queue of published comments that readers reported. */
export const REPORTED = 'reported';
const REASONS = 5;

const KEPT_SECONDS = 30 * 86_400;

/**
 * Access pattern `report`: PutItem of the reader's report if absent, then UpdateItem of the comment's reports. How many
 * wait for an answer now; 0 where this reader reported it before, or a moderator has answered. Sent again after a crash
 * between the two, it is counted where no other has brought the comment into the queue; `late` holds it to once.
 */
export async function report(
  table: Table,
  post: string,
  ref: string,
  by: { reader: string; reason: string; at: string },
): Promise<number> {
  const { reader, reason, at } = by;
  const ttl = Math.ceil(Date.parse(at) / 1000) + KEPT_SECONDS;
  const first = await table.putIfAbsent(reportKey(post, ref, reader), { reason, at, ttl });
  if (!first && (await reportsOf(table, post, ref))?.n) return 0;
  await table.putIfAbsent(reportsKey(post, ref), { post, ref, n: 0, reasons: [] });
  const queued = { ':one': 1, ':queue': REPORTED, ':queuedAt': `${at}#${post}#${ref}`, ':reader': reader };
  const values = first ? queued : { ...queued, ':none': 0 };
  const set = `n = n + :one, queue = :queue, queuedAt = :queuedAt${first ? '' : ', late = :reader'}`;
  const uncounted = first ? '(attribute_not_exists(late) OR late <> :reader)' : 'n = :none';
  const open = `attribute_not_exists(answered) AND ${uncounted}`;
  const more = await table.update<ReportsItem>(reportsKey(post, ref), {
    set: `${set}, reasons = list_append(reasons, :reason)`,
    condition: `${open} AND size(reasons) < :most`,
    values: { ...values, ':reason': [reason], ':most': REASONS },
  });
  const counted = more ?? (await table.update<ReportsItem>(reportsKey(post, ref), { set, values, condition: open }));
  return counted?.n ?? 0;
}

/** Access pattern `reports of a comment`: GetItem, consistent. */
export const reportsOf = (table: Table, post: string, ref: string) => table.get<ReportsItem>(reportsKey(post, ref));

/** Access pattern `reported`: Query of the queue index, newest first, then the reports, consistent. */
export async function reported(table: Table, page: { limit: number; after?: Item | undefined }) {
  const { items, next } = await table.query<Key>({ pk: REPORTED, index: 'queue', descending: true, ...page });
  const found = await Promise.all(items.map(({ pk, sk }) => table.get<ReportsItem>({ pk, sk })));
  return { reports: found.filter((one): one is ReportsItem => one !== null), next };
}

/** Access pattern `answer reports`: UpdateItem, out of the queue for good: no later report brings the comment back there. */
export async function answerReports(table: Table, post: string, ref: string): Promise<void> {
  await table.update(reportsKey(post, ref), {
    set: 'answered = :yes',
    remove: 'queue, queuedAt, late',
    condition: 'attribute_exists(pk)',
    values: { ':yes': true },
  });
}
