const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** `24 Nov 2026`, in the reader's own way. */
export const day = (iso: string): string => DAY.format(new Date(iso));

export const moment = (iso: string): string => MOMENT.format(new Date(iso));

export const time = (iso: string): string => TIME.format(new Date(iso));

/** For an input of the type datetime-local: `2026-11-24T09:00`, in the time of this machine. */
export function toLocalInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** ISO 8601 UTC of such an input; null for what is no date. */
export function fromLocalInput(text: string): string | null {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
