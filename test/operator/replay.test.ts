import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifest } from '../../functions/manifest.ts';
import { republish } from '../../functions/publisher/everything.ts';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { closePost, type PostItem } from '../../functions/table/posts.ts';
import { type EventSource, startEventSource } from '../../infra/local/table/event-source.ts';
import { openFailureFolder } from '../../infra/operator/failure-folder.ts';
import { type Replayed, replay } from '../../infra/operator/replay.ts';
import { publishedPost } from '../support/content.ts';
import { openWorld, type World } from '../support/world.ts';

const RECORDS = 100;
const SOUND = Array.from({ length: 9 }, (_, n) => `sound-${n}`);
const POISON = 'poison';

let world: World;
let folder: string;
let source: EventSource;
let broken = false;

/** A bucket that cannot take one article's page. */
const failing = (store: Store): Store => ({
  ...store,
  put: async (page, ...rest) => {
    if (broken && page.key.startsWith(`${POISON}/`)) throw new Error('poison');
    return store.put(page, ...rest);
  },
});

const publish = (records: Parameters<typeof publishRecords>[1]) => {
  const press = world.press();
  return publishRecords({ ...press, store: failing(press.store) }, records);
};

async function replayed(options = {}): Promise<Replayed[]> {
  const failures = openFailureFolder(join(folder, 'failures'));
  const all: Replayed[] = [];
  for await (const one of replay({ table: world.table, followers: { publisher: publish }, failures }, options))
    all.push(one);
  return all;
}

const waiting = () => readdir(join(folder, 'failures'));
const closed = async () =>
  Object.entries(await world.files())
    .filter(([key, html]) => /^(sound-\d|poison)\/index/.test(key) && !html.includes('<form'))
    .map(([key]) => key.split('/')[0]);

/** Eleven records of each sound article, so that all end closed, and in their midst one of the article that is poison. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-replay-'));
  world = await openWorld();
  source = startEventSource({
    name: 'publisher',
    log: world.log,
    trigger: manifest.publisher.stream,
    invoke: ({ Records }) => publish(Records),
    failureDir: join(folder, 'failures'),
    windowMs: 3_600_000,
    backoffMs: 1,
  });
  const poison = await publishedPost(world.table, POISON);
  let posts: PostItem[] = [];
  for (const slug of SOUND) posts.push(await publishedPost(world.table, slug));
  await source.drain();
  broken = true;
  const before = (await world.records()).length;
  for (let turn = 0; turn < 11; turn++) {
    posts = await Promise.all(posts.map((post) => closePost(world.table, post, turn % 2 === 0)));
    if (turn === 5) await closePost(world.table, poison, true);
  }
  expect((await world.records()).length - before).toBe(RECORDS);
  await source.drain();
});

afterAll(async () => {
  await source?.close();
  await world?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('of 100 records with one that is poison, 99 are published and one is in the failure store', async () => {
  expect(await closed()).toEqual(SOUND);
  expect(await waiting()).toHaveLength(1);
});

test('a dry run says what waits, and leaves it', async () => {
  expect(await replayed({ dryRun: true })).toEqual([
    {
      name: expect.stringMatching(/^publisher-.*\.json$/),
      when: expect.stringMatching(/^\d{4}-.*Z$/),
      reason: 'RetryAttemptsExhausted',
      attempts: manifest.publisher.stream.retries + 1,
      error: null,
      records: 1,
      about: [POISON],
      outcome: 'waits',
    },
  ]);
  expect(await waiting()).toHaveLength(1);
});

test('what still cannot be published stays', async () => {
  const [one] = await replayed();

  expect(one).toMatchObject({ outcome: 'failed', error: 'publisher could not take 1 of 1' });
  expect(await waiting()).toHaveLength(1);
});

test('what a function gave up on that is not here stays', async () => {
  const failures = openFailureFolder(join(folder, 'failures'));
  const all: Replayed[] = [];
  for await (const one of replay({ table: world.table, followers: { slowLane: publish }, failures })) all.push(one);

  expect(all).toMatchObject([{ outcome: 'failed', error: 'no function here is called publisher' }]);
  expect(await waiting()).toHaveLength(1);
});

test('replayed twice, once the fault is over, the pages are those of a run without faults', async () => {
  const { store, files } = await world.freshStore();
  for await (const _ of republish(world.press({ store })));
  const { '404.html': _, ...faultFree } = await files();
  await cp(join(folder, 'failures'), join(folder, 'again'), { recursive: true });
  broken = false;

  const first = await replayed();
  const once = await world.files();
  await cp(join(folder, 'again'), join(folder, 'failures'), { recursive: true });
  const second = await replayed();

  expect([...first, ...second].map(({ outcome }) => outcome)).toEqual(['published', 'published']);
  expect(once).toEqual(faultFree);
  expect(await world.files()).toEqual(faultFree);
  expect(await waiting()).toEqual([]);
});
