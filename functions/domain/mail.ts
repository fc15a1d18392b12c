/**
 * What a mail is about; its words are found when it is sent, and what is no longer so is not mailed. `to` is an address,
 * sealed with the mail's id as its place; without one, the person's mailbox is asked.
 */
export type Mail =
  | { kind: 'held'; to: string; comment: string }
  | { kind: 'waiting'; to: string }
  | { kind: 'published'; comment: string }
  | { kind: 'reply'; comment: string }
  | { kind: 'digest'; person: string }
  | { kind: 'link'; to: string };

/** How a commenter hears of replies: each by a mail of its own, or all of a day, UTC, in one. */
export const PACES = ['at-once', 'daily'] as const;
export type Pace = (typeof PACES)[number];

/** When moderators hear of a comment that waits: at once, or of all together at the end of the hour or the day, UTC. */
export function dueOf(digest: 'at-once' | 'hourly' | 'daily', now: Date): Date {
  if (digest === 'at-once') return now;
  const length = digest === 'hourly' ? HOUR_MS : DAY_MS;
  return new Date((Math.floor(now.getTime() / length) + 1) * length);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
