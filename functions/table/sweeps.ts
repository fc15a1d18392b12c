import { type Sweep, sweepKey } from './keys.ts';
import type { Table } from './table.ts';

export interface SweepItem {
  /** The version of what it brings to the pages. */
  goal: string;
  /** Where it goes on: a segment or a place. Null: it is through. */
  next: string | null;
}

/** Access pattern `begin a sweep`: UpdateItem unless it has this goal. Another goal starts it over. */
export async function beginSweep(table: Table, sweep: Sweep, { goal, next }: SweepItem): Promise<void> {
  await table.update(sweepKey(sweep), {
    set: 'goal = :goal, #next = :next',
    condition: 'attribute_not_exists(goal) OR goal <> :goal',
    names: { '#next': 'next' },
    values: { ':goal': goal, ':next': next },
  });
}

/** Access pattern `sweep`: GetItem, consistent. Null: there never was one. */
export const readSweep = (table: Table, sweep: Sweep) => table.get<SweepItem>(sweepKey(sweep));

/** Access pattern `advance a sweep`: UpdateItem if it is where it was read. Nothing happens when somebody else went on, or began it anew. */
export async function advanceSweep(
  table: Table,
  sweep: Sweep,
  { goal, next }: SweepItem,
  to: string | null,
): Promise<void> {
  await table.update(sweepKey(sweep), {
    set: '#next = :to',
    condition: 'goal = :goal AND #next = :next',
    names: { '#next': 'next' },
    values: { ':goal': goal, ':next': next, ':to': to },
  });
}
