import type { Status } from './moderation.ts';

/** What was never let in is kept for so long, in case a person thinks better of it, unless the settings say otherwise. */
export const REFUSED_DAYS = 90;
const DAY_SECONDS = 86_400;

/** Epoch seconds after which a comment without a seat is no more; null: it stays, as everything does where `days` is null. */
export const endOf = (status: Status, at: string, days: number | null): number | null =>
  days !== null && (status === 'spam' || status === 'rejected')
    ? Math.floor(Date.parse(at) / 1000) + days * DAY_SECONDS
    : null;

/** By the clock: DynamoDB deletes within days. */
export const isOver = ({ ttl }: { ttl?: number }, now = Date.now()): boolean => ttl !== undefined && ttl * 1000 <= now;
