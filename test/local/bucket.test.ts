import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AwsClient } from 'aws4fetch';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bucket, openBucket } from '../../infra/local/bucket.ts';
import { startBucketServer } from '../../infra/local/bucket-server.ts';

const accessKey = 'local-key';
const key = 'my-post/index.html';
const md5 = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;

let parent: string;
let dir: string;
let bucket: Bucket;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'stoa-bucket-'));
  dir = join(parent, 'site');
  bucket = openBucket(dir);
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('a folder as a bucket', () => {
  test('an object is a file that a person can open, and comes back with its headers', async () => {
    const headers = { contentType: 'text/html', cacheControl: 'max-age=0', metadata: { 'csp-style': 'sha256-x' } };

    const { etag } = await bucket.put(key, '<p>é</p>', headers);

    expect(readFileSync(join(dir, 'my-post', 'index.html'), 'utf8')).toBe('<p>é</p>');
    expect(etag).toBe(md5('<p>é</p>'));
    const object = await bucket.get(key);
    expect(object).toMatchObject({ ...headers, key, etag, size: 9 });
    expect(object?.body.toString()).toBe('<p>é</p>');
    expect(await bucket.head(key)).toMatchObject({ ...headers, etag });
    expect(await bucket.head(key)).not.toHaveProperty('body');
  });

  test('what is missing is undefined, a folder too', async () => {
    await bucket.put(key, 'x');

    expect(await bucket.get('none')).toBeUndefined();
    expect(await bucket.head('my-post')).toBeUndefined();
    expect(await bucket.get(`${key}/deeper`)).toBeUndefined();
  });

  test('If-Match writes over the version it names, and no other', async () => {
    const { etag } = await bucket.put(key, 'one');

    await bucket.put(key, 'two', {}, { ifMatch: etag });

    await expect(bucket.put(key, 'three', {}, { ifMatch: etag })).rejects.toMatchObject({ status: 412 });
    await expect(bucket.put('none', 'x', {}, { ifMatch: etag })).rejects.toMatchObject({
      status: 404,
      code: 'NoSuchKey',
    });
    expect((await bucket.get(key))?.body.toString()).toBe('two');
    expect(await bucket.get('none')).toBeUndefined();
  });

  test('If-None-Match writes only what is not there', async () => {
    await bucket.put(key, 'one', {}, { ifNoneMatch: '*' });

    await expect(bucket.put(key, 'two', {}, { ifNoneMatch: '*' })).rejects.toMatchObject({
      status: 412,
      code: 'PreconditionFailed',
    });
    expect((await bucket.get(key))?.body.toString()).toBe('one');
  });

  test('of 50 writers with the same condition one wins', async () => {
    const { etag } = await bucket.put(key, 'start');

    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => bucket.put(key, `writer ${n}`, {}, { ifMatch: etag })),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('read, count and write back under If-Match loses no count', async () => {
    await bucket.put(key, '0');
    const countUp = async (): Promise<void> => {
      const { body, etag } = (await bucket.get(key)) ?? { body: '', etag: '' };
      await bucket.put(key, String(Number(body) + 1), {}, { ifMatch: etag }).catch(countUp);
    };

    await Promise.all(Array.from({ length: 20 }, countUp));

    expect((await bucket.get(key))?.body.toString()).toBe('20');
  });

  test('a reader among writers never sees a body under the headers of another', async () => {
    const write = (n: number) => bucket.put(key, String(n), { metadata: { n: String(n) } });
    await write(0);

    const reads = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => (n % 2 ? bucket.get(key) : write(n).then(() => bucket.get(key)))),
    );

    for (const object of reads) expect(object?.metadata.n).toBe(object?.body.toString());
  });

  test('deleting takes body and headers away, and is fine when there is nothing', async () => {
    const { etag } = await bucket.put(key, 'one', { metadata: { a: 'b' } });

    await expect(bucket.delete(key, { ifMatch: md5('two') })).rejects.toMatchObject({ status: 412 });
    await bucket.delete(key, { ifMatch: etag });
    await bucket.delete(key);

    await expect(bucket.delete(key, { ifMatch: '*' })).rejects.toMatchObject({ status: 404 });
    expect(await bucket.get(key)).toBeUndefined();
    await bucket.put(key, 'again');
    expect((await bucket.get(key))?.metadata).toEqual({});
  });

  test('the list is in the order of bytes, by prefix, and knows nothing of drafts and headers', async () => {
    const keys = ['b', 'a/z', 'a/b/c', 'a-b', 'é', '\u{1f600}', '\uffee'];
    for (const name of keys) await bucket.put(name, name);

    expect((await bucket.list()).map((object) => object.key)).toEqual([
      'a-b',
      'a/b/c',
      'a/z',
      'b',
      'é',
      '\uffee',
      '\u{1f600}',
    ]);
    expect((await bucket.list('a/')).map((object) => object.key)).toEqual(['a/b/c', 'a/z']);
    expect((await bucket.list('b'))[0]).toMatchObject({ etag: md5('b'), size: 1 });
  });

  test('a crash between headers and body leaves an object that reads, and drafts are swept', async () => {
    await bucket.put(key, 'old', { metadata: { v: 'old' } });
    writeFileSync(`${dir}.meta/${key}.json`, JSON.stringify({ contentType: 'text/html', metadata: { v: 'new' } }));
    writeFileSync(`${dir}.tmp/draft`, 'half');

    bucket = openBucket(dir);

    expect(await bucket.get(key)).toMatchObject({ etag: md5('old'), metadata: { v: 'new' } });
    expect(readdirSync(`${dir}.tmp`)).toEqual([]);
    await bucket.put(key, 'new', { metadata: { v: 'new' } }, { ifMatch: md5('old') });
  });

  test('a file that somebody laid there is an object', async () => {
    mkdirSync(join(dir, 'by-hand'));
    writeFileSync(join(dir, 'by-hand', 'x.txt'), 'hello');

    expect(await bucket.get('by-hand/x.txt')).toMatchObject({ contentType: 'application/octet-stream', metadata: {} });
  });

  test('a key cannot also be a folder of keys', async () => {
    await bucket.put('a/b', 'x');
    await bucket.put('c', 'x');

    await expect(bucket.put('a', 'x')).rejects.toMatchObject({ code: 'InvalidArgument', message: /folder/ });
    await expect(bucket.put('c/d', 'x')).rejects.toMatchObject({ code: 'InvalidArgument', message: /folder/ });
  });

  test('headers cannot end a line', async () => {
    const put = bucket.put(key, 'x', { metadata: { location: '/a\r\nset-cookie: x' } });

    await expect(put).rejects.toMatchObject({ code: 'InvalidArgument' });
    expect(await bucket.get(key)).toBeUndefined();
  });

  const escapes = ['', '/etc/passwd', '../x', 'a/../../x', 'a//b', 'a/', './a', 'a/.', 'a\0b', 'a\nb', 'a\\..\\b'];
  const encoded = ['%2e%2e/x', 'a/%2E%2e%2fx', '%2fetc', 'a%00', 'a%5c..'];
  test.each([...escapes, ...encoded, 'a'.repeat(241), 'a/'.repeat(600)])('the key %j is refused', async (bad) => {
    const refused = { code: 'InvalidArgument', status: 400 };

    await expect(bucket.put(bad, 'x')).rejects.toMatchObject(refused);
    await expect(bucket.delete(bad)).rejects.toMatchObject(refused);
    expect(await bucket.get(bad)).toBeUndefined();
    expect(await bucket.head(bad)).toBeUndefined();
  });

  test('no key of any kind writes outside the three folders', async () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', '%2e%2e', '%2f', '\\', 'a', 'ü'),
      fc.string({ maxLength: 3, unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        await bucket.put(parts.join('/'), 'x').catch((error: Error) => expect(error.name).toBe('InvalidArgument'));

        expect(readdirSync(parent).toSorted()).toEqual(['site', 'site.meta', 'site.tmp']);
      }),
    );
  });

  test('a folder that cannot be made is named in one line', () => {
    writeFileSync(join(parent, 'file'), '');

    expect(() => openBucket(join(parent, 'file'))).toThrow(
      /^cannot write to the folder .*file: there is a file of that name$/,
    );
  });
});

describe("the bucket over S3's HTTP API", () => {
  const aws = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: 'any',
    region: 'us-east-1',
    service: 's3',
    retries: 0,
  });
  let server: { url: string; close(): Promise<void> };

  beforeEach(async () => {
    server = await startBucketServer(bucket, { accessKey });
  });

  afterEach(() => server.close());

  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    aws.fetch(`${server.url}/${path}`, { method, headers, ...(body !== undefined && { body }) });

  test('aws4fetch puts, gets, heads and deletes an object', async () => {
    const put = await send(
      'PUT',
      key,
      { 'content-type': 'text/html; charset=utf-8', 'cache-control': 's-maxage=5', 'x-amz-meta-csp-style': 'sha256-x' },
      '<p>é</p>',
    );
    const got = await send('GET', key);
    const head = await send('HEAD', key);

    expect([put.status, got.status, head.status]).toEqual([200, 200, 200]);
    expect(await got.text()).toBe('<p>é</p>');
    for (const { headers } of [got, head]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        etag: put.headers.get('etag'),
        'content-type': 'text/html; charset=utf-8',
        'content-length': '9',
        'cache-control': 's-maxage=5',
        'x-amz-meta-csp-style': 'sha256-x',
        'last-modified': expect.stringMatching(/GMT$/),
      });
    }
    expect(await head.text()).toBe('');
    expect((await send('DELETE', key)).status).toBe(204);
    expect((await send('DELETE', key)).status).toBe(204);
    expect((await send('GET', key)).status).toBe(404);
  });

  test('conditions answer as S3 does', async () => {
    const put = (headers: Record<string, string>) => send('PUT', key, headers, 'x');
    const first = await put({ 'if-none-match': '*' });
    const etag = first.headers.get('etag') ?? '';

    expect(first.status).toBe(200);
    expect((await put({ 'if-none-match': '*' })).status).toBe(412);
    expect((await put({ 'if-match': etag })).status).toBe(200);
    expect((await put({ 'if-match': md5('other') })).status).toBe(412);
    expect((await put({ 'if-none-match': etag })).status).toBe(501);
    expect((await send('PUT', 'none', { 'if-match': etag }, 'x')).status).toBe(404);
    expect((await send('DELETE', key, { 'if-match': md5('other') })).status).toBe(412);
    expect((await send('DELETE', 'none', { 'if-match': '*' })).status).toBe(404);
    expect((await send('DELETE', key, { 'if-match': etag })).status).toBe(204);
  });

  test("errors have S3's XML", async () => {
    const missing = await send('GET', 'none');
    const headMissing = await send('HEAD', 'none');

    expect(missing.headers.get('content-type')).toBe('application/xml');
    expect(await missing.text()).toContain('<Error><Code>NoSuchKey</Code><Message>');
    expect(headMissing.status).toBe(404);
    expect(await headMissing.text()).toBe('');
    expect((await send('POST', key, {}, 'x')).status).toBe(405);
  });

  test('a list is given in pages', async () => {
    for (const name of ['a/1', 'a/2', 'a/3 & <4>', 'b']) await bucket.put(name, name);

    const first = await (await send('GET', '?list-type=2&prefix=a/&max-keys=2')).text();
    const token = encodeURIComponent(/<NextContinuationToken>(.*)<\/N/.exec(first)?.[1] ?? '');
    const second = await (await send('GET', `?list-type=2&prefix=a/&max-keys=2&continuation-token=${token}`)).text();

    const keysIn = (xml: string) => [...xml.matchAll(/<Key>(.*?)<\/Key>/g)].map((match) => match[1]);
    expect(keysIn(first)).toEqual(['a/1', 'a/2']);
    expect(first).toContain('<IsTruncated>true</IsTruncated>');
    expect(keysIn(second)).toEqual(['a/3 &amp; &lt;4&gt;']);
    expect(second).toContain('<IsTruncated>false</IsTruncated>');
  });

  test('a key with spaces and other scripts keeps its name', async () => {
    await send('PUT', encodeURI('ein Gruß/日本.html'), {}, 'x');

    expect((await bucket.list()).map((object) => object.key)).toEqual(['ein Gruß/日本.html']);
  });

  test('another access key, or none, is refused', async () => {
    const stranger = new AwsClient({ accessKeyId: 'local-key-2', secretAccessKey: 'any', service: 's3', retries: 0 });

    const put = await stranger.fetch(`${server.url}/${key}`, { method: 'PUT', body: 'x' });

    expect(put.status).toBe(403);
    expect(await put.text()).toContain('<Code>AccessDenied</Code>');
    expect((await fetch(`${server.url}/${key}`)).status).toBe(403);
    expect(await bucket.list()).toEqual([]);
  });

  test.each([
    '/../secret',
    '/a/../../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/%252e%252e/x',
    '/a%00',
    '//etc',
    '/%ff',
  ])('the raw path %s leads nowhere', async (path) => {
    writeFileSync(join(parent, 'secret'), 'secret');
    const { hostname, port } = new URL(server.url);
    const headers = { authorization: `AWS4 Credential=${accessKey}/` };
    const answerTo = async (method: string) => {
      const [response] = await once(request({ hostname, port, path, method, headers }).end(), 'response');
      return { status: response.statusCode, body: await text(response) };
    };

    const got = await answerTo('GET');

    expect([400, 404]).toContain(got.status);
    expect(got.body).not.toContain('secret');
    expect((await answerTo('PUT')).status).toBe(400);
    expect((await answerTo('DELETE')).status).toBe(400);
    expect(readFileSync(join(parent, 'secret'), 'utf8')).toBe('secret');
  });
});
