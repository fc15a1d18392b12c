import { jobKey } from './keys.ts';
import type { Table } from './table.ts';

/** The job that makes HTML of an older policy anew, and a note that there is some that it may have passed by. */
export const RENEW = 'renew';
export const RENEW_AGAIN = 'renew again';

interface Job<T> {
  cursor: T | null;
}

/** Access pattern `read a job`: GetItem, consistent. Null: it is not under way. */
export async function readJob<T>(table: Table, job: string): Promise<T | null> {
  return (await table.get<Job<T>>(jobKey(job)))?.cursor ?? null;
}

/** Access pattern `save a job`: PutItem. */
export async function saveJob<T>(table: Table, job: string, cursor: T): Promise<void> {
  await table.put(jobKey(job), { cursor } satisfies Job<T>);
}

/** Access pattern `finish a job`: PutItem. */
export async function forgetJob(table: Table, job: string): Promise<void> {
  await table.put(jobKey(job), { cursor: null } satisfies Job<unknown>);
}
