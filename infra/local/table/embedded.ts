import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import dynalite from 'dynalite';
import { Level } from 'level';
import { makeFolder } from '../atomic-file.ts';
import { Failure } from '../failure.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Embedded {
  /** One DynamoDB call; `target` as in X-Amz-Target. Fails only when the engine itself is gone. */
  call(target: string, body: Buffer | object): Promise<Reply>;
  close(): Promise<void>;
}

/**
 * DynamoDB in this process, on LevelDB in `dir`. It listens on a socket in a folder of the owner's, not on a port: dynalite
 * takes any credentials and lets every web page in by CORS, so nothing but the tap may reach it.
 * Throws a Failure when the folder cannot be written or another process holds it.
 */
export const startEmbedded = async (dir: string): Promise<Embedded> => {
  makeFolder(dir);
  await probe(dir);
  const folder = mkdtempSync(join(tmpdir(), 'stoa-table-'));
  const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, '-')}` : join(folder, 's');
  const server = dynalite({ path: dir, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.keepAliveTimeout = 0;
  await once(server.listen(socketPath), 'listening');
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const call: Embedded['call'] = (target, body) => post({ socketPath, agent }, target, body);
  await call('DynamoDB_20120810.ListTables', {});

  return {
    call,
    async close() {
      agent.destroy();
      await closed(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * dynalite opens its database lazily and throws out of a callback, past every catch; so it is opened here once before.
 * A table that was being made when the process died would say CREATING for ever; nobody has written to it yet.
 */
const probe = async (dir: string): Promise<void> => {
  const level = new Level<string, { TableStatus?: string }>(dir, { valueEncoding: 'json' });
  try {
    await level.open();
  } catch (cause) {
    const { code, message } = ((cause as Error).cause ?? cause) as NodeJS.ErrnoException;
    if (code === 'LEVEL_LOCKED')
      throw new Failure(`the data folder ${dir} is in use by another process: end that one first`, { cause });
    throw new Failure(`cannot open the table in ${dir}: ${message}`, { cause });
  }
  for await (const [key, table] of level.iterator({ gte: 'table~', lt: 'table~~' })) {
    if (table.TableStatus === 'CREATING') await level.del(key);
  }
  await level.close();
};

const post = async (
  to: { socketPath: string; agent: Agent },
  target: string,
  body: Buffer | object,
): Promise<Reply> => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const outgoing = request({
    ...to,
    method: 'POST',
    headers: { ...SIGNED, 'x-amz-target': target, 'content-length': bytes.length },
  });
  outgoing.end(bytes);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const headers = Object.entries(incoming.headers).filter(([name]) => PASSED_ON.has(name)) as [string, string][];
  return { status: incoming.statusCode ?? 500, headers: Object.fromEntries(headers), body: await buffer(incoming) };
};

const PASSED_ON = new Set(['content-type', 'x-amz-crc32', 'x-amzn-requestid']);

/** dynalite wants the shape of a signature and verifies none; the tap has asked for the key before. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20000101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=tap/20000101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
