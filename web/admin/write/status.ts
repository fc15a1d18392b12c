import { moment } from '../shared/dates.ts';
import type { Status, Summary } from './post.ts';

export const STATUSES: readonly { status: Status; name: string }[] = [
  { status: 'draft', name: 'Drafts' },
  { status: 'scheduled', name: 'Scheduled' },
  { status: 'published', name: 'Published' },
  { status: 'withdrawn', name: 'Withdrawn' },
];

/** `Scheduled for 24 Nov 2026, 09:00` */
export function sayStatus({ status, date }: Pick<Summary, 'status' | 'date'>): string {
  if (status === 'draft') return 'Draft';
  if (status === 'withdrawn') return 'Withdrawn';
  const when = date ? moment(date) : '';
  return status === 'scheduled' ? `Scheduled for ${when}` : `Published ${when}`;
}
