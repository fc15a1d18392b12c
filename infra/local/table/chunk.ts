import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './line-file.ts';
import type { Intent, StreamRecord } from './stream-record.ts';

/** One line of the stream's log: a write begins, or ends with its record or without. */
export type Line = { intent: Intent } | { settles: number; record?: StreamRecord };

/** One file of the log. */
export interface Chunk {
  number: number;
  path: string;
  /** The newest sequence number in or before this chunk. */
  last: string;
}

export const chunkName = (number: number, from: string): string => `${String(number).padStart(9, '0')}-${from}.jsonl`;

/** A chunk's name carries the sequence number it goes on from, since the records before it may be trimmed. */
export const chunkFiles = (dir: string): { number: number; from: string; path: string }[] =>
  readdirSync(dir)
    .filter((name) => /^\d{9}-\d{21}\.jsonl$/.test(name))
    .toSorted()
    .map((name) => ({ number: Number(name.slice(0, 9)), from: name.slice(10, 31), path: join(dir, name) }));

export const recordsIn = (path: string): StreamRecord[] =>
  linesOf(path).flatMap((line) => ('record' in line && line.record ? [line.record] : []));

/** Throws a one-line Error that names the file and the line that is no JSON. */
export const linesOf = (path: string): Line[] =>
  readLines(path).map((line, index) => {
    try {
      return JSON.parse(line) as Line;
    } catch (cause) {
      throw new Error(`the stream log ${path} is damaged at line ${index + 1}`, { cause });
    }
  });
