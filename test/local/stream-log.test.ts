import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStreamLog, type WritableStreamLog } from '../../infra/local/table/stream-log.ts';

const image = (n: number) => ({ pk: { S: 'k' }, n: { N: String(n) } });
const keys = { pk: { S: 'k' } };

let dir: string;
let log: WritableStreamLog;

const open = (chunkBytes = 1000) => {
  log = openStreamLog(dir, { chunkBytes });
};
const reopen = (chunkBytes?: number) => {
  log.close();
  open(chunkBytes);
};
const append = (n: number) => log.append(log.begin({ table: 't', keys, before: image(n - 1) }), 'MODIFY', image(n));
const appendUpTo = (last: number) => {
  for (let n = 1; n <= last; n++) append(n);
};
const counts = (after = '', limit = 1000) => log.read(after, limit).map((record) => Number(record.after?.n?.N));
const chunkNames = () =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stoa-log-'));
  open();
});

afterEach(() => {
  log.close();
  rmSync(dir, { recursive: true, force: true });
});

test('records are read in order, after a sequence number, up to a limit, across chunks', () => {
  appendUpTo(40);

  const all = log.read('', 1000);
  expect(counts()).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(chunkNames().length).toBeGreaterThan(5);
  expect(counts(all[9]?.sequence, 3)).toEqual([11, 12, 13]);
  expect(counts(log.last())).toEqual([]);
});

test('sequence numbers grow as strings across restarts, even when every record was trimmed', () => {
  log.join('publisher');
  const seen: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (let n = 1; n <= 12; n++) seen.push(append(n).sequence);
    log.checkpoint('publisher', log.last());
    reopen(1);
  }

  expect(seen).toEqual([...new Set(seen)].toSorted());
  expect(log.last()).toBe(seen.at(-1));
});

test('chunks go once every consumer has passed them', () => {
  log.join('publisher');
  log.join('slow-lane');
  appendUpTo(40);
  const before = chunkNames().length;

  log.checkpoint('publisher', log.last());
  expect(chunkNames()).toHaveLength(before);
  log.checkpoint('slow-lane', log.read('', 20).at(-1)?.sequence ?? '');
  expect(chunkNames().length).toBeLessThan(before);
  expect(counts(log.join('slow-lane'))).toEqual(Array.from({ length: 20 }, (_, i) => i + 21));
  log.checkpoint('slow-lane', log.last());
  expect(chunkNames()).toHaveLength(1);
});

test('a chunk with an open intent stays', () => {
  log.join('publisher');
  const open = log.begin({ table: 't', keys: { pk: { S: 'slow' } } });
  appendUpTo(40);
  const before = chunkNames().length;

  log.checkpoint('publisher', log.last());
  expect(chunkNames()).toHaveLength(before);
  reopen();
  expect(log.openIntents()).toEqual([expect.objectContaining({ keys: { pk: { S: 'slow' } } })]);
  log.dismiss(open);
  log.checkpoint('publisher', log.last());
  expect(chunkNames()).toHaveLength(1);
});

test('a consumer that is gone holds nothing back once it is forgotten', () => {
  log.join('gone');
  log.join('publisher');
  appendUpTo(40);
  log.checkpoint('publisher', log.last());

  log.keepOnly(['publisher']);

  expect(chunkNames()).toHaveLength(1);
});

test('a checkpoint outlives a restart, and a draft of the next one is ignored', () => {
  log.join('publisher');
  appendUpTo(3);
  const second = log.read('', 2).at(-1)?.sequence ?? '';
  log.checkpoint('publisher', second);
  writeFileSync(join(dir, 'checkpoints', 'publisher.json.tmp'), '{"sequ');

  reopen();

  expect(log.join('publisher')).toBe(second);
});

test('an unsettled intent is there after a restart, settled ones are not', () => {
  append(1);
  log.dismiss(log.begin({ table: 't', keys }));
  log.begin({ table: 't', keys, before: image(1) });

  reopen();

  expect(log.openIntents()).toEqual([expect.objectContaining({ table: 't', keys, before: image(1) })]);
});

test('listeners hear each append until they leave', () => {
  let heard = 0;
  const leave = log.onAppend(() => {
    heard += 1;
  });

  append(1);
  log.dismiss(log.begin({ table: 't', keys }));
  leave();
  append(2);

  expect(heard).toBe(1);
});

test('wherever the last write is torn, what came before is whole and the log goes on', () => {
  fc.assert(
    fc.property(fc.nat(2000), (cut) => {
      rmSync(dir, { recursive: true, force: true });
      open(100_000);
      appendUpTo(5);
      log.close();
      const [name = ''] = chunkNames();
      const content = readFileSync(join(dir, name));
      truncateSync(join(dir, name), Math.min(cut, content.length));

      open(100_000);
      const whole = counts();
      expect(whole).toEqual([1, 2, 3, 4, 5].slice(0, whole.length));
      expect(log.openIntents().length).toBeLessThanOrEqual(1);
      append(6);
      reopen(100_000);
      expect(counts()).toEqual([...whole, 6]);
      log.close();
    }),
    { numRuns: 60 },
  );
  open();
});

test('damage in the middle is named, not skipped', () => {
  append(1);
  log.close();
  const [name = ''] = chunkNames();
  appendFileSync(join(dir, name), 'garbage\n');

  expect(() => openStreamLog(dir)).toThrow(/^the stream log .* is damaged at line 3$/);
});

test('a consumer must have a plain name', () => {
  expect(() => log.join('../evil')).toThrow(/consumer's name must match/);
});
