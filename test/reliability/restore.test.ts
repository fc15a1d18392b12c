import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Key } from '../../functions/table/keys.ts';
import { publishedPost } from '../support/content.ts';
import { countsOf } from '../support/counts.ts';
import type { Answer } from '../support/send.ts';
import { cookiesOf, filled, openStack, type Stack } from '../support/stack.ts';

const COMMENTS = 60;

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

const bucket = () => stack.server.platform.bucket;
/** By the publisher, not with the code. */
const isPublished = (key: string) => !/^(assets|admin)\//.test(key) && /(index\.html|feed\.\w+)$/.test(key);
const pages = async () => new Map((await bucket().list()).map(({ key, etag }) => [key, etag]));

test('items put back into an empty table, as a restore to a point in time has them, make the same site, and receipts still open', async (context) => {
  const counts = countsOf(context);
  const posts = [await publishedPost(stack.table, 'one'), await publishedPost(stack.table, 'two')];
  const sent: Answer[] = [];
  for (let n = 0; n < COMMENTS; n++) {
    const fields = filled({ name: `W ${n}`, email: `w${n}@example.org`, body: `Comment ${n}.` });
    sent.push(await stack.form(posts[n % 2]?.slug ?? '', fields));
  }
  const receipt = (answer: Answer) =>
    stack.send(answer.headers.location ?? '', { headers: { accept: 'text/html', ...cookiesOf(answer) } });
  for (const { headers } of sent.slice(0, 50))
    await stack.moderate(headers.location?.split('/').at(-1) ?? '', 'approved');
  await stack.drain();
  const before = { pages: await pages(), receipts: await Promise.all(sent.map(receipt)) };
  const items = Object.values(await stack.stored()) as Key[];

  for (const { pk, sk } of items) await stack.table.delete({ pk, sk });
  const wiped = await Promise.all(sent.map(receipt));
  for (const { pk, sk, ...item } of items) await stack.table.put({ pk, sk }, item);
  await stack.drain();
  for (const key of (await pages()).keys()) if (isPublished(key)) await bucket().delete(key);
  const empty = await pages();
  await stack.server.platform.run('republish', { fresh: true });

  const after = { pages: await pages(), receipts: await Promise.all(sent.map(receipt)) };
  counts.operations += items.length;
  expect(new Set(wiped.map(({ status }) => status))).toEqual(new Set([404]));
  expect(before.receipts.map(({ status }) => status)).toEqual(Array(COMMENTS).fill(200));
  expect(after.receipts.map(({ text }) => text)).toEqual(before.receipts.map(({ text }) => text));
  expect(empty.size).toBeLessThan(before.pages.size);
  expect(after.pages).toEqual(before.pages);
});
