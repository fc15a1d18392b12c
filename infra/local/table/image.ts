import type { AttributeValue } from 'aws-lambda';

/** An item, or its key, as DynamoDB's typed attributes. */
export type Image = Record<string, AttributeValue>;

export type Change = 'INSERT' | 'MODIFY' | 'REMOVE';

/** What a write did to an item; undefined when nothing changed, as then DynamoDB streams no record either. */
export const changeBetween = (before: Image | undefined, after: Image | undefined): Change | undefined => {
  if (!before) return after && 'INSERT';
  if (!after) return 'REMOVE';
  return canonical(before) === canonical(after) ? undefined : 'MODIFY';
};

/** Attributes and sets have no order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (name, part: unknown) => {
    if (Array.isArray(part)) return SETS.has(name) ? part.toSorted() : part;
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

const SETS = new Set(['SS', 'NS', 'BS']);
