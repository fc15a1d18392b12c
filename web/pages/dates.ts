const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `2020-06-14T09:30:00Z` -> `14 June 2020`, the day in UTC. Throws a RangeError for what is no date. */
export function longDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) throw new RangeError(`an ISO 8601 date was expected, got "${iso}"`);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `6 years ago`; null below one year, where the date says enough. */
export function yearsAgo(years: number): string | null {
  if (years < 1) return null;
  return years === 1 ? '1 year ago' : `${years} years ago`;
}
