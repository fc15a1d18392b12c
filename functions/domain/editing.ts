import type { Status } from './moderation.ts';

/** Who changed a comment or took it back, where that was whoever wrote it, and not an account. */
export const WRITER = 'writer';

const MINUTE_MS = 60_000;

/** What the window for editing is judged by. */
export interface Written {
  created: string;
  status: Status;
  edited?: { by: string };
}

/**
 * Until when its writer may change the words of a comment, ISO 8601; `for ever` where nothing limits it; null where
 * they may not: the time is over, a moderator changed them, or they are not to appear. `minutes` is the operator's.
 */
export function editableUntil({ created, status, edited }: Written, minutes: number | null, now: Date): string | null {
  if (status !== 'pending' && status !== 'approved') return null;
  if (edited && edited.by !== WRITER) return null;
  if (minutes === null) return FOR_EVER;
  const until = Date.parse(created) + minutes * MINUTE_MS;
  return now.getTime() < until ? new Date(until).toISOString() : null;
}

export const FOR_EVER = 'for ever';
