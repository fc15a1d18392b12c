import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signPolicy, uploadFields } from '../../functions/uploads/form.ts';
import { openBucket } from '../../infra/local/bucket.ts';
import { startUploads } from '../../infra/local/uploads.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stoa-uploads-'));
});
afterEach(() => rm(dir, { recursive: true }));

const KEYS = { accessKeyId: 'uploads', secretAccessKey: 'a-secret' };
const fieldsFor = (key: string, expires: Date) =>
  uploadFields({ key, type: 'image/png', bytes: 100, expires }, { ...KEYS, region: 'us-east-1', now: new Date() });
const soon = () => new Date(Date.now() + 60_000);

function post(url: string, fields: Record<string, string>): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob(['a picture']));
  return fetch(url, { method: 'POST', body: form });
}

test('the form is signed as the SDK signs one', async () => {
  const client = new S3Client({ region: 'eu-west-1', credentials: KEYS });

  const { fields } = await createPresignedPost(client, { Bucket: 'b', Key: 'k' });

  const { Policy = '', 'X-Amz-Signature': signature, 'X-Amz-Date': date = '' } = fields;
  expect(signPolicy(Policy, { ...KEYS, region: 'eu-west-1', day: date.slice(0, 8) })).toBe(signature);
});

test('the fields name the day, the region and the session as AWS reads them, and the policy holds each to its value', () => {
  const now = new Date('2026-11-22T09:08:07.650Z');
  const expires = new Date('2026-11-22T09:18:07.650Z');
  const signer = { ...KEYS, sessionToken: 'session', region: 'eu-west-1', now };

  const {
    policy = '',
    'x-amz-signature': signature,
    ...fields
  } = uploadFields({ key: 'k', type: 'image/png', bytes: 5, expires }, signer);

  expect(fields).toEqual({
    key: 'k',
    'content-type': 'image/png',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'uploads/20261122/eu-west-1/s3/aws4_request',
    'x-amz-date': '20261122T090807Z',
    'x-amz-security-token': 'session',
  });
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.parse(atob(policy))).toEqual({
    expiration: '2026-11-22T09:18:07.650Z',
    conditions: [...Object.entries(fields).map(([name, value]) => ({ [name]: value })), ['content-length-range', 1, 5]],
  });
});

test('a form that has expired takes nothing', async () => {
  const told: string[] = [];
  const invoke = async ({ detail }: { detail: { object: { key: string } } }) => told.push(detail.object.key);
  const uploads = await startUploads(dir, { accessKey: 'key', secret: KEYS.secretAccessKey, invoke });

  const late = await post(uploads.url, fieldsFor('late', new Date(Date.now() - 1)));
  const early = await post(uploads.url, fieldsFor('early', soon()));
  await uploads.close();

  expect([late.status, early.status, told]).toEqual([403, 204, ['early']]);
});

test('a browser may ask whether any site may send a form, and nothing else', async () => {
  const uploads = await startUploads(dir, {
    accessKey: 'key',
    secret: KEYS.secretAccessKey,
    invoke: async () => undefined,
  });
  const ask = (method: string) =>
    fetch(uploads.url, {
      method: 'OPTIONS',
      headers: { origin: 'http://127.0.0.1:3000', 'access-control-request-method': method },
    });

  const [post, put] = await Promise.all([ask('POST'), ask('PUT')]);
  await uploads.close();

  expect(post.status).toBe(200);
  expect(post.headers.get('access-control-allow-origin')).toBe('*');
  expect(post.headers.get('access-control-allow-methods')).toBe('POST');
  expect(put.status).toBe(403);
});

test('an upload whose function died is worked on by the next process, and one that fails is tried three times', async () => {
  const options = { accessKey: 'key', secret: KEYS.secretAccessKey };
  let attempts = 0;
  const dying = async () => {
    attempts += 1;
    throw new Error('killed');
  };
  const first = await startUploads(dir, { ...options, invoke: dying });
  await post(first.url, fieldsFor('left', soon()));
  await first.drain();
  await first.close();
  const bucket = openBucket(dir);
  const told: string[] = [];

  const second = await startUploads(dir, {
    ...options,
    invoke: async ({ detail: { object } }) => {
      told.push(object.key);
      await bucket.delete(object.key);
    },
  });
  await second.resume();
  await second.drain();
  await second.close();

  expect([attempts, told, await bucket.list()]).toEqual([3, ['left'], []]);
});
