import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Key } from '../../functions/table/keys.ts';
import { exportTo } from '../../infra/operator/backup/export.ts';
import { restoreFrom } from '../../infra/operator/backup/restore.ts';
import { withFolder } from '../../infra/operator/local-session.ts';
import { publishedPost } from '../support/content.ts';
import { countsOf } from '../support/counts.ts';
import { ENGINE } from '../support/engine.ts';
import type { Answer } from '../support/send.ts';
import { cookiesOf, filled, openStack, type Stack } from '../support/stack.ts';

const COMMENTS = 60;

let stack: Stack;
/** What the writers were answered. */
const sent: Answer[] = [];

beforeAll(async () => {
  stack = await openStack();
  const posts = [await publishedPost(stack.table, 'one'), await publishedPost(stack.table, 'two')];
  for (let n = 0; n < COMMENTS; n++) {
    const fields = filled({ name: `W ${n}`, email: `w${n}@example.org`, body: `Comment ${n}.` });
    sent.push(await stack.form(posts[n % 2]?.slug ?? '', fields));
  }
  for (const { headers } of sent.slice(0, 50))
    await stack.moderate(headers.location?.split('/').at(-1) ?? '', 'approved');
  await stack.drain();
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

let before: Awaited<ReturnType<typeof site>>;
beforeEach(async () => {
  before = await site();
});

const bucket = () => stack.server.platform.bucket;
/** By the publisher, not with the code. */
const isPublished = (key: string) => !/^(assets|admin)\//.test(key) && /(index\.html|feed\.\w+|^404\.html)$/.test(key);

/** The pages, by their ETags, and what each writer sees of a comment. */
async function site() {
  const pages = (await bucket().list()).filter(({ key }) => isPublished(key)).map(({ key, etag }) => [key, etag]);
  const receipts = await Promise.all(sent.map(receipt));
  return {
    pages: Object.fromEntries(pages) as Record<string, string>,
    receipts: receipts.map(({ status, text }) => (status === 200 ? text : status)),
  };
}

const receipt = (answer: Answer) =>
  stack.send(answer.headers.location ?? '', { headers: { accept: 'text/html', ...cookiesOf(answer) } });

/** Gives the items that the table held. */
async function wipe(): Promise<Key[]> {
  const items = Object.values(await stack.stored()) as Key[];
  // The publisher counts once more what it finds half deleted.
  for (let left = items; left.length > 0; left = Object.values(await stack.stored()) as Key[])
    for (const { pk, sk } of left) await stack.table.delete({ pk, sk });
  for (const { key } of await bucket().list()) if (isPublished(key)) await bucket().delete(key);
  expect(await site()).toEqual({ pages: {}, receipts: Array(COMMENTS).fill(404) });
  return items;
}

function expectSite(found: typeof before): void {
  expect(Object.keys(found.pages)).toContain('one/index.html');
  expect(found.receipts.every((text) => String(text).includes('Comment '))).toBe(true);
  expect(found).toEqual(before);
}

test('items put back into an empty table, as a restore to a point in time has them, make the same site, and receipts still open', async (context) => {
  const items = await wipe();

  for (const { pk, sk, ...item } of items) await stack.table.put({ pk, sk }, item);
  await stack.drain();
  await stack.server.platform.run('republish', { fresh: true });

  expectSite(await site());
  countsOf(context).operations += items.length;
});

// The command's way to a data folder is the local platform's, with the table that it brings.
test.skipIf(process.env[ENGINE])(
  'an export restored into what was wiped makes the same site, and receipts still open',
  async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'stoa-export-'));
    const dump = join(folder, 'dump');

    await withFolder(stack.dataDir, (session) => exportTo(dump, session).then(() => undefined));
    const items = await wipe();
    await withFolder(stack.dataDir, (session) => restoreFrom(dump, session, {}).then(() => undefined));

    expectSite(await site());
    countsOf(context).operations += items.length;
    await rm(folder, { recursive: true });
  },
);
