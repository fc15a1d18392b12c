import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamTrigger } from '../../functions/manifest.ts';
import type { BatchResponse } from '../../infra/local/table/delivery.ts';
import { type EventSource, startEventSource } from '../../infra/local/table/event-source.ts';
import type { StreamEvent } from '../../infra/local/table/lambda-event.ts';
import { openStreamLog, type WritableStreamLog } from '../../infra/local/table/stream-log.ts';

const HOUR = 3_600_000;
const trigger: StreamTrigger = {
  filters: [{ dynamodb: { NewImage: { by: { S: [{ exists: false }] } } } }],
  batchSize: 100,
  windowSeconds: 1,
  retries: 3,
  maxAgeSeconds: 86_400,
};

let dir: string;
let log: WritableStreamLog;
let source: EventSource | undefined;
let batches: string[][];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stoa-source-'));
  log = openStreamLog(join(dir, 'stream'), { chunkBytes: 5000 });
  batches = [];
});

afterEach(async () => {
  await source?.close();
  source = undefined;
  log.close();
  rmSync(dir, { recursive: true, force: true });
});

const write = (name: string, by?: string) => {
  const keys = { pk: { S: name } };
  return log.append(log.begin({ table: 't', keys }), 'INSERT', { ...keys, ...(by !== undefined && { by: { S: by } }) });
};
const writeMany = (count: number) => Array.from({ length: count }, (_, i) => write(String(i)));
const namesIn = ({ Records }: StreamEvent) => Records.map(({ dynamodb }) => dynamodb.Keys?.pk?.S ?? '');
const failuresOf = (event: StreamEvent, failing: (name: string) => boolean): BatchResponse => ({
  batchItemFailures: event.Records.filter(({ dynamodb }) => failing(dynamodb.Keys?.pk?.S ?? '')).map(
    ({ dynamodb }) => ({
      itemIdentifier: dynamodb.SequenceNumber,
    }),
  ),
});

interface Overrides {
  respond?: (event: StreamEvent) => BatchResponse | Promise<BatchResponse>;
  change?: Partial<StreamTrigger>;
  windowMs?: number;
  now?: () => number;
}

const start = ({ respond = () => ({}), change, ...rest }: Overrides = {}): EventSource => {
  source = startEventSource({
    name: 'publisher',
    log,
    trigger: { ...trigger, ...change },
    invoke: async (event) => {
      batches.push(namesIn(event));
      return respond(event);
    },
    failureDir: join(dir, 'failures'),
    backoffMs: 1,
    windowMs: HOUR,
    ...rest,
  });
  return source;
};

const failures = () =>
  readdirSync(join(dir, 'failures'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(dir, 'failures', name), 'utf8')));
const failedNames = () => failures().flatMap(({ payload }) => namesIn(JSON.parse(payload)));

test("the function gets Lambda's stream event", async () => {
  const events: StreamEvent[] = [];
  const keys = { pk: { S: 'POST#1' } };
  const { sequence } = log.append(log.begin({ table: 't', keys, before: keys }), 'MODIFY', { ...keys, n: { N: '1' } });

  await start({
    respond: (event) => {
      events.push(event);
      return {};
    },
  }).drain();

  expect(events).toEqual([
    {
      Records: [
        {
          eventID: sequence,
          eventName: 'MODIFY',
          eventSource: 'aws:dynamodb',
          eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:local:\d{12}:table\/t\/stream\//),
          eventVersion: '1.1',
          awsRegion: 'local',
          dynamodb: {
            Keys: keys,
            OldImage: keys,
            NewImage: { ...keys, n: { N: '1' } },
            SequenceNumber: sequence,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
            ApproximateCreationDateTime: expect.any(Number),
            SizeBytes: expect.any(Number),
          },
        },
      ],
    },
  ]);
});

test('what the filter refuses causes no invocation, and is passed for good', async () => {
  write('own', 'publisher');
  await start().drain();

  expect(batches).toEqual([]);
  expect(log.join('publisher')).toBe(log.last());
});

test('a batch holds at most batchSize records, and draining cuts the window short', async () => {
  writeMany(25);

  await start({ change: { batchSize: 10 } }).drain();

  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
});

test('a full batch goes at once, a part waits for its window', async () => {
  start({ change: { batchSize: 3 } });

  writeMany(5);

  await vi.waitFor(() => expect(batches).toEqual([['0', '1', '2']]));
  await source?.drain();
  expect(batches).toEqual([
    ['0', '1', '2'],
    ['3', '4'],
  ]);
});

test('a part goes when its window is over, without a drain', async () => {
  start({ windowMs: 5 });

  write('late');

  await vi.waitFor(() => expect(batches.flat()).toEqual(['late']));
});

test('draining waits for what was appended before, and only for that', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  write('first');
  let drained = false;
  start({ respond: () => gate.then(() => ({})) });
  const drain = source?.drain().then(() => {
    drained = true;
  });

  await vi.waitFor(() => expect(batches).toHaveLength(1));
  expect(drained).toBe(false);
  write('later');
  release();
  await drain;

  expect(batches).toEqual([['first']]);
});

test('an empty log drains at once', async () => {
  await expect(start().drain()).resolves.toBeUndefined();
});

test('a reported failure is retried from there on, what came before is not', async () => {
  writeMany(10);
  let failed = false;

  await start({
    respond: (event) => {
      if (failed) return {};
      failed = true;
      return failuresOf(event, (name) => name === '6' || name === '4');
    },
  }).drain();

  expect(batches).toEqual([
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ['4', '5', '6', '7', '8', '9'],
  ]);
});

test.each(['', 'of another batch'])('the identifier %j fails the whole batch', async (itemIdentifier) => {
  writeMany(2);
  let calls = 0;

  await start({ respond: () => (calls++ === 0 ? { batchItemFailures: [{ itemIdentifier }] } : {}) }).drain();

  expect(batches).toEqual([['0', '1'], ['0'], ['1']]);
});

const poisoned: [string, (event: StreamEvent) => BatchResponse][] = [
  ['reports', (event) => failuresOf(event, (name) => name === '37')],
  [
    'throws at',
    (event) => {
      if (namesIn(event).includes('37')) throw new Error('poison');
      return {};
    },
  ],
];

test.each(poisoned)(
  'when the function %s one poison record among 100, the others go through in order',
  async (_, respond) => {
    const records = writeMany(100);

    await start({ respond }).drain();

    const expected = records.map((_, i) => String(i)).filter((name) => name !== '37');
    const succeeded = batches.filter((batch) => !batch.includes('37')).flat();
    expect(new Set([...batches.flat()]).size).toBe(100);
    expect(expected.slice(38).every((name) => succeeded.includes(name))).toBe(true);
    expect(failedNames()).toEqual(['37']);
    expect(failures()[0]).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: records[37]?.sequence },
    });
    expect(log.join('publisher')).toBe(log.last());
  },
);

test('a function that throws once succeeds on the next try, with nothing given up', async () => {
  write('one');
  let calls = 0;

  await start({
    respond: () => {
      calls += 1;
      if (calls <= 3) throw new Error('not yet');
      return {};
    },
  }).drain();

  expect(calls).toBe(4);
  expect(failures()).toEqual([]);
});

test('a record beyond its age is tried once and not again', async () => {
  write('old');

  await start({
    now: () => Date.now() + 48 * HOUR,
    respond: () => {
      throw new Error('down');
    },
  }).drain();

  expect(batches).toEqual([['old']]);
  expect(failures()[0]).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded' },
    responseContext: { functionError: 'Unhandled', message: 'Error: down' },
  });
});

test('an old record that succeeds is as good as any', async () => {
  write('old');

  await start({ now: () => Date.now() + 48 * HOUR }).drain();

  expect(batches).toEqual([['old']]);
  expect(failures()).toEqual([]);
});

test('a restart goes on after the checkpoint, also within a batch', async () => {
  writeMany(4);
  start({ change: { retries: 1000 }, respond: (event) => failuresOf(event, (name) => name === '2') });
  const drained = source?.drain().catch((error: Error) => error.message);
  await vi.waitFor(() => expect(batches.length).toBeGreaterThan(4));
  await source?.close();
  expect(await drained).toBe('the event source publisher is closed');

  batches = [];
  await start().drain();

  expect(batches).toEqual([['2', '3']]);
});

test('two consumers of one log go at their own pace', async () => {
  writeMany(3);
  const slow: string[] = [];
  const other = startEventSource({
    name: 'slow-lane',
    log,
    trigger,
    invoke: async (event) => {
      slow.push(...namesIn(event));
      return {};
    },
    failureDir: join(dir, 'failures'),
    windowMs: HOUR,
  });

  await start().drain();
  expect(slow).toEqual([]);
  await other.drain();
  await other.close();

  expect(slow).toEqual(['0', '1', '2']);
});

test('what a function does to its event does not reach the log', async () => {
  writeMany(2);

  await start({
    respond: (event) => {
      for (const record of event.Records) if (record.dynamodb.Keys) record.dynamodb.Keys.pk = { S: 'changed' };
      throw new Error('again');
    },
  }).drain();

  expect(failedNames()).toEqual(['0', '1']);
  expect(log.read('', 1)[0]?.keys).toEqual({ pk: { S: '0' } });
});

test('whatever fails and however often, each record ends processed or given up, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<number[]>(0, 0, 0, 1, 2, 9), { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      async (faults, throws, batchSize) => {
        const from = log.last();
        const left = new Map(faults.map((times, i) => [`${from}/${i}`, times]));
        for (const name of left.keys()) write(name);
        const processed: string[] = [];
        start({
          change: { batchSize, retries: 3 },
          respond: (event) => {
            const names = namesIn(event);
            const bad = names.findIndex((name) => (left.get(name) ?? 0) > 0);
            if (bad < 0) processed.push(...names);
            if (bad < 0) return {};
            const name = names[bad] ?? '';
            left.set(name, names.length === 1 ? (left.get(name) ?? 0) - 1 : (left.get(name) ?? 0));
            if (throws) throw new Error('fault');
            processed.push(...names.slice(0, bad));
            return { batchItemFailures: [{ itemIdentifier: event.Records[bad]?.dynamodb.SequenceNumber ?? '' }] };
          },
        });

        await source?.drain();
        await source?.close();

        const lost = faults.flatMap((times, i) => (times > 3 ? [`${from}/${i}`] : []));
        expect(failedNames().filter((name) => name.startsWith(`${from}/`))).toEqual(lost);
        expect(processed).toEqual([...left.keys()].filter((name) => !lost.includes(name)));
      },
    ),
    { numRuns: 25 },
  );
});

test('an unsupported filter and an unwritable failure folder are told at once', () => {
  writeFileSync(join(dir, 'failures'), '');

  expect(() => start()).toThrow(/^cannot write to the folder .*failures: there is a file of that name$/);
  expect(() => start({ change: { filters: [{ a: [{ numeric: ['>', 1] }] }] } })).toThrow(/^the event filter at a/);
});
