import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Embedded, Reply } from './embedded.ts';
import type { Recorder } from './recorder.ts';

/**
 * DynamoDB's HTTP API on a loopback port, before the embedded table: single-item writes go through the recorder, reads
 * straight on. Answers 403 to whoever does not sign with `accessKey`, and never with CORS headers.
 */
export const startTap = async (table: Embedded, recorder: Recorder, accessKey: string) => {
  if (!accessKey) throw new Error('the table needs an access key');
  const running = new Set<Promise<void>>();

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    if (!request.headers.authorization?.includes(`Credential=${accessKey}/`)) return DENIED;
    const body = await bodyOf(request);
    if (!body) return refusal(413, 'com.amazon.coral.service#SerializationException', 'the request is too large');
    const input = inputOf(body);
    if (!input) return refusal(400, 'com.amazon.coral.service#SerializationException', 'the body is not a JSON object');
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.split('.')[1] ?? '';
    if (UNRECORDED.has(operation)) return unrecorded(operation);
    if (WRITES.has(operation)) return recorder.write({ target, body, input });
    const reply = await table.call(target, body);
    if (operation === 'DeleteTable') recorder.forgetSchemas();
    if (operation === 'CreateTable' && reply.status === 200) await untilActive(table, input.TableName);
    return reply;
  };

  const server = createServer((request, response) => {
    const run = answer(request)
      .catch((error: Error) => refusal(500, 'com.amazonaws.dynamodb.v20120810#InternalServerError', error.message))
      .then((reply) => send(response, reply))
      .finally(() => running.delete(run));
    running.add(run);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      await Promise.all(running);
      server.closeAllConnections();
      await closed;
    },
  };
};

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** Writes of which no record would be made. */
const UNRECORDED = new Set([
  'BatchWriteItem',
  'TransactWriteItems',
  'ExecuteStatement',
  'ExecuteTransaction',
  'BatchExecuteStatement',
  'ImportTable',
  'RestoreTableFromBackup',
]);

const LARGEST = 16 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const inputOf = (body: Buffer): Record<string, unknown> | undefined => {
  try {
    const input: unknown = JSON.parse(body.toString());
    return input !== null && typeof input === 'object' && !Array.isArray(input) ? { ...input } : undefined;
  } catch {
    return undefined;
  }
};

/** The engine answers a moment before the table is there, and the SDK's waiter would sleep for seconds over that moment. */
const untilActive = async (table: Embedded, name: unknown): Promise<void> => {
  for (let status = ''; status !== 'ACTIVE'; ) {
    const reply = await table.call('DynamoDB_20120810.DescribeTable', { TableName: name });
    if (reply.status !== 200) return;
    status = (JSON.parse(reply.body.toString()) as { Table: { TableStatus: string } }).Table.TableStatus;
  }
};

const refusal = (status: number, type: string, message: string): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: type, message })),
});

const DENIED = refusal(
  403,
  'com.amazon.coral.service#AccessDeniedException',
  'this table answers only to the access key in its data folder',
);

const unrecorded = (operation: string): Reply =>
  refusal(
    400,
    'com.amazon.coral.validate#ValidationException',
    `${operation} is not supported: write items one by one, with PutItem, UpdateItem or DeleteItem`,
  );

const send = async (response: ServerResponse, { status, headers, body }: Reply): Promise<void> => {
  if (response.destroyed) return;
  const sent = new Promise((resolve) => response.on('error', resolve).on('close', resolve));
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
  await sent;
};
