import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamsRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { jobKey } from '../../functions/table/keys.ts';
import type { Image } from '../../infra/local/table/image.ts';
import type { StreamLog } from '../../infra/local/table/stream-log.ts';
import type { StreamRecord } from '../../infra/local/table/stream-record.ts';
import type { LocalTable } from '../../infra/local/table/table.ts';
import type { Engine } from './engine.ts';

const POLL_MS = 100;

/** A table of DynamoDB Local, whose log is what the Streams API gave. One table to an access key. */
export function dynamoDbLocal(url: string): Engine {
  let settle = async () => {};
  return {
    startTable: async ({ accessKey }) => {
      const { table, caughtUp } = follow(url, accessKey);
      settle = caughtUp;
      return table;
    },
    settle: () => settle(),
  };
}

function follow(url: string, accessKey: string): { table: LocalTable; caughtUp(): Promise<void> } {
  const credentials = { accessKeyId: accessKey, secretAccessKey: accessKey };
  const options = { endpoint: url, region: 'us-east-1', credentials };
  const client = new DynamoDBClient(options);
  const streams = new DynamoDBStreamsClient(options);
  const log = memoryLog();
  const shards = reader(streams);
  let polling: Promise<void> | undefined;
  const poll = () => {
    polling ??= shards.read(log.append).finally(() => {
      polling = undefined;
    });
    return polling;
  };
  const closing = new AbortController();
  const running = (async () => {
    while (!closing.signal.aborted) {
      await poll();
      await sleep(POLL_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  })();

  return {
    table: {
      url,
      log,
      async close() {
        closing.abort();
        await running;
        client.destroy();
        streams.destroy();
      },
    },
    /** A write of our own comes after every other in the stream. */
    async caughtUp() {
      const { TableNames: [name] = [] } = await client.send(new ListTablesCommand());
      const { pk, sk } = jobKey('settled');
      const mark = crypto.randomUUID();
      await client.send(
        new PutItemCommand({ TableName: name, Item: { pk: { S: pk }, sk: { S: sk }, mark: { S: mark } } }),
      );
      while (!log.has(mark)) await poll();
    },
  };
}

/** Every record of the one stream from its first, shard after shard. */
function reader(streams: DynamoDBStreamsClient) {
  const iterators = new Map<string, string | undefined>();
  let arn: string | undefined;

  const find = async () => {
    arn ??= (await streams.send(new ListStreamsCommand())).Streams?.[0]?.StreamArn;
    if (!arn) return;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      if (!ShardId || iterators.has(ShardId)) continue;
      const first = new GetShardIteratorCommand({ StreamArn: arn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      iterators.set(ShardId, (await streams.send(first)).ShardIterator);
    }
  };

  return {
    async read(append: (records: readonly StreamsRecord[]) => void) {
      await find();
      for (const [shard, iterator] of iterators) {
        if (!iterator) continue;
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        iterators.set(shard, NextShardIterator);
        append(Records);
      }
    },
  };
}

function memoryLog() {
  const records: StreamRecord[] = [];
  const listeners = new Set<() => void>();
  const marks = new Set<string>();
  const log: StreamLog = {
    read: (after, limit) => records.filter(({ sequence }) => sequence > after).slice(0, limit),
    last: () => records.at(-1)?.sequence ?? '',
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    join: () => '',
    checkpoint: () => {},
    keepOnly: () => {},
  };
  return {
    ...log,
    has: (mark: string) => marks.has(mark),
    append(fresh: readonly StreamsRecord[]) {
      if (fresh.length === 0) return;
      for (const record of fresh) {
        records.push(stored(record));
        marks.add(record.dynamodb?.NewImage?.mark?.S ?? '');
      }
      for (const listener of listeners) listener();
    },
  };
}

function stored({ eventName, dynamodb = {} }: StreamsRecord): StreamRecord {
  const { SequenceNumber = '', ApproximateCreationDateTime, Keys, OldImage, NewImage } = dynamodb;
  return {
    sequence: SequenceNumber,
    at: Math.floor((ApproximateCreationDateTime ?? new Date()).getTime() / 1000),
    change: eventName ?? 'MODIFY',
    table: 'stoa',
    keys: Keys as Image,
    ...(OldImage && { before: OldImage as Image }),
    ...(NewImage && { after: NewImage as Image }),
  };
}
