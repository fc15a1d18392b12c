import { longDate } from './dates.ts';

/** A day in words, exact for machines; `property` is its microformats2 class. */
export function Dated({ iso, property }: { iso: string; property: 'dt-published' | 'dt-updated' }) {
  return (
    <time class={property} datetime={iso}>
      {longDate(iso)}
    </time>
  );
}
