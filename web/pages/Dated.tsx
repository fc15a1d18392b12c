import { longDate } from './dates.ts';

/** A day in words, to the second for machines; `property` is its microformats2 class. */
export function Dated({ iso, property }: { iso: string; property: 'dt-published' | 'dt-updated' }) {
  return (
    <time class={property} datetime={iso.replace(/\.\d+Z$/, 'Z')}>
      {longDate(iso)}
    </time>
  );
}
