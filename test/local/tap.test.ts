import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Level } from 'level';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeBetween } from '../../infra/local/table/image.ts';
import { openStreamLog } from '../../infra/local/table/stream-log.ts';
import type { StreamRecord } from '../../infra/local/table/stream-record.ts';
import { type LocalTable, startTable } from '../../infra/local/table/table.ts';
import { clientOf, createTable, TABLE } from './table-client.ts';

const accessKey = 'local-key';
const key = { pk: 'POST#1', sk: 'META' };

let dir: string;
let table: LocalTable;
let client: DynamoDBDocumentClient;

const start = async () => {
  table = await startTable({ dir, accessKey });
  client = clientOf(table.url, accessKey);
};

const stop = async () => {
  client.destroy();
  await table.close();
};

const put = (item: object) => client.send(new PutCommand({ TableName: TABLE, Item: { ...key, ...item } }));
const bump = (id: string, to = client) =>
  to.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: { pk: id, sk: 'N' },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
const records = (): readonly StreamRecord[] => table.log.read('', 100_000);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stoa-tap-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a table through the tap', () => {
  beforeEach(async () => {
    await start();
    await createTable(client);
  });

  afterEach(stop);

  test('an insert, a change and a removal each make one record with both images', async () => {
    await put({ title: 'One' });
    await put({ title: 'Two' });
    await client.send(new DeleteCommand({ TableName: TABLE, Key: key }));

    const keys = { pk: { S: 'POST#1' }, sk: { S: 'META' } };
    const [one, two] = ['One', 'Two'].map((S) => ({ ...keys, title: { S } }));
    expect(records()).toEqual([
      expect.objectContaining({ change: 'INSERT', table: TABLE, keys, after: one }),
      expect.objectContaining({ change: 'MODIFY', keys, before: one, after: two }),
      expect.objectContaining({ change: 'REMOVE', keys, before: two }),
    ]);
    expect(records()[0]).not.toHaveProperty('before');
    expect(records()[2]).not.toHaveProperty('after');
  });

  test('a write that changes nothing makes no record', async () => {
    await put({ tags: new Set(['a', 'b']), n: 1 });
    await put({ n: 1, tags: new Set(['b', 'a']) });
    await client.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'none', sk: 'none' } }));

    expect(records()).toHaveLength(1);
  });

  test('an update of nothing on a missing item inserts it, as in DynamoDB', async () => {
    await client.send(new UpdateCommand({ TableName: TABLE, Key: key }));

    expect(records().map((record) => record.change)).toEqual(['INSERT']);
  });

  test('a refused condition keeps its error and makes no record', async () => {
    await put({ title: 'One' });

    const again = client.send(
      new PutCommand({ TableName: TABLE, Item: key, ConditionExpression: 'attribute_not_exists(pk)' }),
    );

    await expect(again).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(records()).toHaveLength(1);
  });

  test('an invalid write keeps its error and makes no record', async () => {
    const missingKey = client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'x' } }));
    const missingTable = client.send(new PutCommand({ TableName: 'elsewhere', Item: key }));
    const nonsense = client.send(new UpdateCommand({ TableName: TABLE, Key: key, UpdateExpression: 'nonsense' }));

    await expect(missingKey).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(missingTable).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(nonsense).rejects.toMatchObject({ name: 'ValidationException' });
    expect(records()).toEqual([]);
  });

  test('an item beside the key of an update or deletion does not mislead the record', async () => {
    await put({ title: 'One' });
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/`,
      'x-amz-target': 'DynamoDB_20120810.DeleteItem',
    };
    const keys = { pk: { S: key.pk }, sk: { S: key.sk } };

    await fetch(table.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ TableName: TABLE, Key: keys, Item: { pk: { S: 'other' }, sk: { S: 'other' } } }),
    });

    expect(records().at(-1)).toMatchObject({ change: 'REMOVE', keys });
  });

  test('the record is in the log before the reply', async () => {
    for (let n = 1; n <= 20; n++) {
      await bump('COUNTER');
      expect(records().at(-1)?.after).toMatchObject({ n: { N: String(n) } });
    }
  });

  test('200 concurrent writes to a few items give a gapless chain of images for each', async () => {
    const replies = await Promise.all(Array.from({ length: 200 }, (_, i) => bump(`COUNTER#${i % 7}`)));

    expect(records()).toHaveLength(200);
    expectGaplessChains(records());
    expect(new Set(replies.map(({ Attributes }) => `${Attributes?.pk} ${Attributes?.n}`)).size).toBe(200);
  });

  test('the same seat asked for 50 times in parallel is given once, and recorded once', async () => {
    const seat = (by: number) =>
      client.send(
        new PutCommand({ TableName: TABLE, Item: { ...key, by }, ConditionExpression: 'attribute_not_exists(pk)' }),
      );

    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, by) => seat(by)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(records()).toHaveLength(1);
  });

  test('reads and queries pass through', async () => {
    await put({ title: 'One' });

    const got = await client.send(new GetCommand({ TableName: TABLE, Key: key, ConsistentRead: true }));
    const queried = await client.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key.pk },
      }),
    );

    expect(got.Item).toEqual({ ...key, title: 'One' });
    expect(queried.Items).toEqual([got.Item]);
  });

  test('batch and transactional writes are refused with a reason', async () => {
    const batch = client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: [{ PutRequest: { Item: key } }] } }));
    const transaction = client.send(
      new TransactWriteCommand({ TransactItems: [{ Put: { TableName: TABLE, Item: key } }] }),
    );

    await expect(batch).rejects.toMatchObject({ name: 'ValidationException', message: /write items one by one/ });
    await expect(transaction).rejects.toMatchObject({ name: 'ValidationException', message: /write items one by one/ });
    expect(records()).toEqual([]);
  });

  test('another access key, or none, is refused and reads nothing', async () => {
    const stranger = clientOf(table.url, 'local-key-2');

    await expect(stranger.send(new GetCommand({ TableName: TABLE, Key: key }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    expect((await fetch(table.url)).status).toBe(403);
    stranger.destroy();
  });

  test('a web page gets no permission from the tap', async () => {
    const origin = 'http://evil.example';
    const preflight = await fetch(table.url, { method: 'OPTIONS', headers: { origin } });
    const signed = await fetch(table.url, {
      method: 'POST',
      headers: {
        origin,
        authorization: `AWS4 Credential=${accessKey}/`,
        'x-amz-target': 'DynamoDB_20120810.ListTables',
      },
      body: '{}',
    });

    expect(preflight.status).toBe(403);
    expect(signed.status).toBe(200);
    for (const { headers } of [preflight, signed]) expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['', 'nonsense', 'null', '[]', '"text"'])('the body %j is answered, not fatal', async (body) => {
    for (const operation of ['PutItem', 'GetItem', 'Nothing']) {
      const response = await fetch(table.url, {
        method: 'POST',
        headers: { authorization: `AWS4 Credential=${accessKey}/`, 'x-amz-target': `DynamoDB_20120810.${operation}` },
        body,
      });
      expect(response.status).toBe(400);
    }
  });

  test('a restart keeps items and records and goes on counting', async () => {
    await put({ title: 'One' });
    const first = table.log.last();
    await stop();
    await start();

    await put({ title: 'Two' });

    expect(records().map(({ change }) => change)).toEqual(['INSERT', 'MODIFY']);
    expect(table.log.last() > first).toBe(true);
  });

  test('a write whose record was lost is recorded at the next start, one that never came is not', async () => {
    await put({ title: 'One' });
    const before = records()[0]?.after ?? {};
    await stop();
    const log = openStreamLog(join(dir, 'stream'));
    const lost = { pk: { S: 'lost' }, sk: { S: 'lost' } };
    log.begin({ table: TABLE, keys: { pk: { S: key.pk }, sk: { S: key.sk } } });
    log.begin({ table: TABLE, keys: lost });
    log.begin({ table: 'dropped', keys: lost, before: lost });
    log.close();
    await start();

    expect(records().slice(1)).toEqual([expect.objectContaining({ change: 'INSERT', after: before })]);
    await put({ title: 'Two' });
    expect(records().at(-1)).toMatchObject({ change: 'MODIFY', before });
  });

  test('a table that was being made when the process died can be made again', async () => {
    await stop();
    const level = new Level<string, object>(join(dir, 'items'), { valueEncoding: 'json' });
    await level.put(`table~${TABLE}`, { ...(await level.get(`table~${TABLE}`)), TableStatus: 'CREATING' });
    await level.close();
    await start();

    await createTable(client);

    await put({ title: 'One' });
    expect(records()).toHaveLength(1);
  });

  test('a second process is told that the folder is in use', async () => {
    await expect(startTable({ dir, accessKey })).rejects.toThrow(
      /^the data folder .* is in use by another process: end that one first$/,
    );
  });

  test('closing answers the writes that are under way', async () => {
    await client.send(new DescribeTableCommand({ TableName: TABLE }));
    const writes = Promise.allSettled(Array.from({ length: 30 }, (_, i) => bump(`W#${i}`)));
    await vi.waitFor(() => expect(records().length).toBeGreaterThan(0));

    await stop();
    const acknowledged = (await writes).filter(({ status }) => status === 'fulfilled').length;
    await start();

    expect(acknowledged).toBeGreaterThan(0);
    expect(records().length).toBeGreaterThanOrEqual(acknowledged);
  });
});

test('a folder that cannot be made is named in one line', async () => {
  writeFileSync(join(dir, 'file'), '');

  await expect(startTable({ dir: join(dir, 'file'), accessKey })).rejects.toThrow(/^cannot write to the folder .*file/);
});

describe('kill -9 in the middle of a burst', () => {
  test.each([1, 3, 9, 27, 70])('after %i acknowledgements nothing acknowledged is lost or doubled', async (acks) => {
    let child = await spawnTable();
    await createTable(child.client);
    const history = new Map<string, number>();

    for (let round = 0; round < 3; round++) {
      await burstUntilKilled(child, acks, history);
      child = await spawnTable();
    }
    await kill(child);
    await start();

    expectGaplessChains(records());
    for (const [id, n] of history) {
      const { Item } = await client.send(new GetCommand({ TableName: TABLE, Key: { pk: id, sk: 'N' } }));
      const newest = records().findLast((record) => record.keys.pk?.S === id);
      expect(Item?.n).toBeGreaterThanOrEqual(n);
      expect(newest?.after?.n?.N).toBe(String(Item?.n));
    }
    await stop();
  });
});

interface Child {
  process: ReturnType<typeof spawn>;
  client: DynamoDBDocumentClient;
}

const spawnTable = async (): Promise<Child> => {
  const script = join(import.meta.dirname, 'table-process.ts');
  const child = spawn(process.execPath, [script, dir, accessKey], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: dir },
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  if (!line.startsWith('http')) throw new Error(line);
  return { process: child, client: clientOf(line, accessKey) };
};

const kill = async ({ process: child, client }: Child) => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  client.destroy();
};

/** Eight writers count up five shared items until the process dies; notes the highest count that was acknowledged for each. */
const burstUntilKilled = async (child: Child, acks: number, history: Map<string, number>) => {
  let acknowledged = 0;
  let dying: Promise<void> | undefined;
  const writer = async (w: number) => {
    for (let i = 0; !dying; i++) {
      const id = `COUNTER#${(i + w) % 5}`;
      const reply = await bump(id, child.client).catch(() => undefined);
      if (!reply) return;
      history.set(id, Math.max(history.get(id) ?? 0, reply.Attributes?.n));
      acknowledged += 1;
      if (acknowledged === acks) dying = kill(child);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, w) => writer(w)));
  await dying;
};

/** Each record starts from the image where the item's last one ended; sequence numbers grow. */
const expectGaplessChains = (all: readonly StreamRecord[]) => {
  const images = new Map<string, StreamRecord['after']>();
  for (const [index, { sequence, keys, before, after }] of all.entries()) {
    const id = JSON.stringify(keys);
    expect(changeBetween(images.get(id), before), `record ${sequence} starts where the last one ended`).toBeUndefined();
    expect(changeBetween(before, after), `record ${sequence} changes something`).toBeDefined();
    if (index > 0) expect(sequence > (all[index - 1]?.sequence ?? '')).toBe(true);
    images.set(id, after);
  }
};
