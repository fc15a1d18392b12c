import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../atomic-file.ts';
import { openCheckpoints } from './checkpoints.ts';
import { type Chunk, chunkFiles, chunkName, type Line, linesOf, recordsIn } from './chunk.ts';
import type { Change, Image } from './image.ts';
import { type LineFile, openLineFile } from './line-file.ts';
import { type Intent, numbered, type StreamRecord } from './stream-record.ts';

export interface StreamLog {
  /** The oldest records with a sequence number above `after`, at most `limit`. They are shared: do not change them. */
  read(after: string, limit: number): readonly StreamRecord[];
  /** The newest sequence number. */
  last(): string;
  /** Calls back after each append, until the returned function is called. */
  onAppend(listener: () => void): () => void;
  /** The consumer's checkpoint. A new consumer starts at the oldest record, and holds back trimming from then on. */
  join(consumer: string): string;
  /** Everything up to `sequence` is done for this consumer. */
  checkpoint(consumer: string, sequence: string): void;
  /** Forgets consumers that are gone for good, since they would hold back trimming for ever. */
  keepOnly(consumers: readonly string[]): void;
}

export interface WritableStreamLog extends StreamLog {
  begin(write: Omit<Intent, 'id'>): Intent;
  /** Ends an intent with its record, in one line: there is never one without the other. */
  append(intent: Intent, change: Change, after: Image | undefined): StreamRecord;
  /** Ends an intent of which nothing came. */
  dismiss(intent: Intent): void;
  openIntents(): Intent[];
  close(): void;
}

/**
 * The table's stream, in numbered files of about `chunkBytes` each; those that every consumer has passed are deleted. It
 * outlives kill -9, not a power cut: no fsync, as LevelDB below makes none. One process at a time; the table's lock sees to it.
 */
export const openStreamLog = (dir: string, { chunkBytes = 1 << 20, now = Date.now } = {}): WritableStreamLog => {
  makeFolder(dir);
  const checkpoints = openCheckpoints(join(dir, 'checkpoints'));
  const listeners = new Set<() => void>();
  const intents = new Map<number, Intent & { chunk: number }>();
  const chunks: Chunk[] = [];
  let last = numbered(0);
  let lastIntent = 0;
  let file: LineFile | undefined;
  let tail: StreamRecord[] = [];
  let reread: { path: string; records: StreamRecord[] } | undefined;

  const note = (line: Line, chunk: Chunk): void => {
    if ('intent' in line) {
      intents.set(line.intent.id, { ...line.intent, chunk: chunk.number });
      lastIntent = Math.max(lastIntent, line.intent.id);
      return;
    }
    intents.delete(line.settles);
    if (line.record) {
      tail.push(line.record);
      last = line.record.sequence;
    }
    chunk.last = last;
  };

  const openChunk = (number: number): Chunk => {
    const chunk = { number, path: join(dir, chunkName(number, last)), last };
    const next = openLineFile(chunk.path);
    file?.close();
    file = next;
    chunks.push(chunk);
    tail = [];
    return chunk;
  };

  const write = (line: Line): void => {
    let chunk = chunks.at(-1);
    if (!chunk || !file) throw new Error('the stream log is closed');
    if (file.bytes >= chunkBytes) chunk = openChunk(chunk.number + 1);
    file.append(JSON.stringify(line));
    note(line, chunk);
  };

  const trim = (): void => {
    const passed = checkpoints.lowest();
    const needed = Math.min(...[...intents.values()].map((intent) => intent.chunk));
    while (passed !== undefined && chunks.length > 1) {
      const [oldest] = chunks;
      if (!oldest || oldest.last > passed || oldest.number >= needed) return;
      rmSync(oldest.path, { force: true });
      chunks.shift();
    }
  };

  const recordsOf = (chunk: Chunk): StreamRecord[] => {
    if (chunk === chunks.at(-1)) return tail;
    if (reread?.path !== chunk.path) reread = { path: chunk.path, records: recordsIn(chunk.path) };
    return reread.records;
  };

  for (const { number, from, path } of chunkFiles(dir)) {
    if (from > last) last = from;
    const chunk = { number, path, last };
    chunks.push(chunk);
    tail = [];
    for (const line of linesOf(path)) note(line, chunk);
  }
  const newest = chunks.at(-1);
  if (newest) file = openLineFile(newest.path);
  else openChunk(1);
  trim();

  return {
    read(after, limit) {
      const found: StreamRecord[] = [];
      for (const chunk of chunks) {
        if (chunk.last <= after) continue;
        found.push(...recordsOf(chunk).filter((record) => record.sequence > after));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    last: () => last,
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    join(consumer) {
      if (checkpoints.get(consumer) === undefined) checkpoints.set(consumer, numbered(0));
      return checkpoints.get(consumer) ?? numbered(0);
    },
    checkpoint(consumer, sequence) {
      checkpoints.set(consumer, sequence);
      trim();
    },
    keepOnly(consumers) {
      for (const name of checkpoints.names()) if (!consumers.includes(name)) checkpoints.forget(name);
      trim();
    },
    begin(begun) {
      const intent = { ...begun, id: lastIntent + 1 };
      write({ intent });
      return intent;
    },
    append({ id, table, keys, before }, change, after) {
      const record = {
        sequence: numbered(Number(last) + 1),
        at: Math.floor(now() / 1000),
        change,
        table,
        keys,
        ...(before && { before }),
        ...(after && { after }),
      };
      write({ settles: id, record });
      for (const listener of listeners) listener();
      return record;
    },
    dismiss: ({ id }) => write({ settles: id }),
    openIntents: () => [...intents.values()],
    close() {
      file?.close();
      file = undefined;
    },
  };
};
