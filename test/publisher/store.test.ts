import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../functions/publisher/store.ts';
import { type Bucket, openBucket } from '../../infra/local/bucket.ts';
import { startBucketServer } from '../../infra/local/bucket-server.ts';

const KEY = 'my-post/index.html';

let folder: string;
let bucket: Bucket;
let behind: { url: string; close(): Promise<void> };
let way: Server;
let store: Store;
/** What the next answers come to: they are lost, or another status stands in their place. */
let faults: ('lost' | 500)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stoa-store-'));
  bucket = openBucket(folder);
  faults = [];
  behind = await startBucketServer(bucket, { accessKey: 'key' });
  way = createServer(async (request, response) => {
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(`${behind.url}${request.url}`, {
      method: request.method ?? '',
      headers: headers as Record<string, string>,
      ...(request.method === 'PUT' ? { body: await buffer(request) } : {}),
    });
    const fault = faults.shift();
    if (fault === 'lost') request.socket.destroy();
    else response.writeHead(fault ?? answer.status, { etag: answer.headers.get('etag') ?? '' }).end();
  });
  await new Promise<void>((ready) => way.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(way.address() as AddressInfo).port}`;
  store = openStore(url, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'key' });
});

afterEach(async () => {
  way.closeAllConnections();
  way.close();
  await behind.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['lost', 500] as const)(
  'a page was put, but the answer is %s: it lies there once, and is looked at anew',
  async (fault) => {
    const page = { key: KEY, html: '<p>new</p>', metadata: {} };
    await bucket.put(KEY, '<p>old</p>');
    const before = await store.etag(KEY);

    faults = [fault];
    expect(await store.put(page, before)).toBe(false);

    expect(await store.put(page, await store.etag(KEY))).toBe(true);
    expect((await bucket.get(KEY))?.body.toString()).toBe('<p>new</p>');
  },
);

test('a page that somebody else put meanwhile is not written over, however often it is tried', async () => {
  const before = await store.etag(KEY);
  await bucket.put(KEY, '<p>theirs</p>');

  faults = [500, 'lost'];
  expect(await store.put({ key: KEY, html: '<p>ours</p>', metadata: {} }, before)).toBe(false);

  expect((await bucket.get(KEY))?.body.toString()).toBe('<p>theirs</p>');
});
