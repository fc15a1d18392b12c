import type { Change, Image } from './image.ts';

export interface StreamRecord {
  /** Grows for ever; all of one length, so that strings compare as numbers do. */
  sequence: string;
  /** Epoch seconds. */
  at: number;
  change: Change;
  table: string;
  keys: Image;
  before?: Image;
  after?: Image;
}

/** A write that was begun: what the item was before. */
export interface Intent {
  id: number;
  table: string;
  keys: Image;
  before?: Image;
}

/** A sequence number as the string that stands for it everywhere. */
export const numbered = (sequence: number): string => String(sequence).padStart(21, '0');
