import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as v from 'valibot';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { manifest } from '../../functions/manifest.ts';
import { PACE, type Press } from '../../functions/publisher/publish.ts';
import { openStore, type Store } from '../../functions/publisher/store.ts';
import { tableDefinition } from '../../functions/table/schema.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { openBucket } from '../../infra/local/bucket.ts';
import { startBucketServer } from '../../infra/local/bucket-server.ts';
import { lambdaRecord } from '../../infra/local/table/lambda-event.ts';
import { compilePattern } from '../../infra/local/table/pattern.ts';
import type { StreamLog } from '../../infra/local/table/stream-log.ts';
import { chosenEngine, freshAccessKey } from './engine.ts';

const NAME = 'stoa';
const passes = manifest.publisher.stream.filters.map(compilePattern);

export interface World {
  /** As a handler has it. */
  table: Table;
  /** The same through a client of its own, prepared. */
  through(prepare: (client: DynamoDBClient) => void): Table;
  /** As the publisher has it, on the world's bucket or another. */
  press(over?: Partial<Press>): Press;
  /** The table's stream. */
  log: StreamLog;
  /** Every record of the stream that passes the publisher's filters, from the first. */
  records(): Promise<DynamoDBRecord[]>;
  /** An empty bucket. */
  freshStore(): Promise<{ store: Store; files(): Promise<Record<string, string>> }>;
  /** What lies in the world's bucket, by key. */
  files(): Promise<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const NOW = new Date('2026-11-22T12:00:00.000Z');

/** A real table with its stream, and a real bucket, in a folder of their own. */
export async function openWorld(): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'stoa-world-'));
  const { startTable, settle } = chosenEngine();
  const accessKey = freshAccessKey();
  const local = await startTable({ dir: join(dir, 'table'), accessKey });
  const clients: DynamoDBClient[] = [];
  const connect = () => {
    const credentials = { accessKeyId: accessKey, secretAccessKey: accessKey };
    const made = new DynamoDBClient({ endpoint: local.url, region: 'us-east-1', credentials });
    clients.push(made);
    return made;
  };
  const client = connect();
  await client.send(new CreateTableCommand(tableDefinition(NAME)));
  const servers: { close(): Promise<void> }[] = [];
  let buckets = 0;
  const freshStore: World['freshStore'] = async () => {
    const folder = join(dir, `bucket-${++buckets}`);
    const server = await startBucketServer(openBucket(folder), { accessKey });
    servers.push(server);
    const store = openStore(server.url, { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: accessKey });
    return { store, files: () => readFolder(folder) };
  };
  const own = await freshStore();
  const publishing = openTable(NAME, { client, mark: 'publisher' });
  return {
    table: openTable(NAME, { client }),
    through(prepare) {
      const own = connect();
      prepare(own);
      return openTable(NAME, { client: own });
    },
    press: (over) => ({
      table: publishing,
      store: own.store,
      site: v.parse(settingsSchema, {}).site,
      closeAfterDays: null,
      now: () => NOW,
      pace: PACE,
      ...over,
    }),
    log: local.log,
    async records() {
      await settle();
      const all = local.log.read('', Number.MAX_SAFE_INTEGER).map(lambdaRecord);
      return all.filter((record) => passes.some((matches) => matches(record))) as DynamoDBRecord[];
    },
    freshStore,
    files: own.files,
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) await server.close();
      for (const one of clients) one.destroy();
      await local.close();
      await rm(dir, { recursive: true });
    },
  };
}

async function readFolder(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (path: string) => [relative(folder, path), await readFile(path, 'utf8')] as const;
  return Object.fromEntries(await Promise.all(paths.toSorted().map(read)));
}
