import type { Said } from './comment-items.ts';

/** The index attributes of a comment's own item: by whom it was said, and in which month it was said or let in. */
export const dated = (said: Said) => ({ said: `${said.created}#${said.id}`, ...stirred(said.id, said.created) });

/** A comment that is let in later stands where those who ask what is new will find it. */
export const stirred = (id: string, at: string) => ({ month: monthOf(at), stirred: `${at}#${id}` });

/** `2026-11` */
export const monthOf = (date: string) => date.slice(0, 7);

export const monthAfter = (month: string) => monthsOn(month, 1);
export const monthBefore = (month: string) => monthsOn(month, -1);

function monthsOn(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, number - 1 + count)).toISOString());
}
