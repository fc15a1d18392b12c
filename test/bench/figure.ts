/** One measured value beside what it may be: a row of the table. */
export interface Figure {
  /** The number in the budget's own list. */
  budget: number;
  what: string;
  value: number;
  unit: 'bytes' | 'requests' | 'µs' | 'ms' | 'times' | 'dollars' | 'units' | 'operations' | 'points';
  /** null: told, not held. */
  limit: number | null;
  /** Instead of `limit`: no less than this. */
  least?: number;
  /** What others need for the same. */
  anchor: string;
}

export const isHeld = ({ limit, least }: Figure) => limit !== null || least !== undefined;

export const isBroken = ({ value, limit, least }: Figure) =>
  Number.isNaN(value) || (limit !== null && value > limit) || (least !== undefined && value < least);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('there is no median of nothing');
  return middle;
}
