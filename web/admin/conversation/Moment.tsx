const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 hours ago`, and after a month the day. */
export function Moment({ iso }: { iso: string }) {
  return (
    <time datetime={iso} title={inFull(iso)}>
      {ago(iso, Date.now())}
    </time>
  );
}

/** `24 November 2026 at 10:00` */
export const inFull = (iso: string): string => FULL.format(new Date(iso));

export const dayOf = (iso: string): string => DAY.format(new Date(iso));

export function ago(iso: string, now: number): string {
  const minutes = Math.round((Date.parse(iso) - now) / 60_000);
  if (minutes > -1) return 'just now';
  if (minutes > -60) return AGO.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (hours > -24) return AGO.format(hours, 'hour');
  const days = Math.round(hours / 24);
  return days > -31 ? AGO.format(days, 'day') : dayOf(iso);
}
