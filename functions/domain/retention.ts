import type { Status } from './moderation.ts';

/** What was never let in is kept for so long, in case a person thinks better of it. */
const REFUSED_DAYS = 90;
const DAY_MS = 86_400_000;

/** Epoch seconds after which a comment without a seat is no more; null: it stays. */
export const endOf = (status: Status, at: string): number | null =>
  status === 'spam' || status === 'rejected'
    ? Math.floor(Date.parse(at) / 1000) + (REFUSED_DAYS * DAY_MS) / 1000
    : null;

/** By the clock: DynamoDB deletes within days. */
export const isOver = ({ ttl }: { ttl?: number }, now = Date.now()): boolean => ttl !== undefined && ttl * 1000 <= now;
