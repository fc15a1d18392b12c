import type { DynamoDBRecord } from 'aws-lambda';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { siteEntries } from '../../functions/domain/settings.ts';
import { republish } from '../../functions/publisher/everything.ts';
import { PACE } from '../../functions/publisher/publish.ts';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { spread } from '../../functions/schedule/spread.ts';
import { describeAuthor, nameTerm, saveTerm } from '../../functions/table/authors.ts';
import { ctlKey, headKey, seatKey } from '../../functions/table/keys.ts';
import { getPost, type PostItem, publishPost, revisePost, withdrawPost } from '../../functions/table/posts.ts';
import { renamePost } from '../../functions/table/renames.ts';
import { saveSite } from '../../functions/table/site.ts';
import { readSweep } from '../../functions/table/sweeps.ts';
import type { Table } from '../../functions/table/table.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

const SEGMENTS = 104;
const OVERFLOWS = 20;

let world: World;
let seen = 0;
let post: PostItem;

beforeAll(async () => {
  world = await openWorld();
  post = await publishedPost(world.table, 'long');
  await fill(post);
  for await (const _ of republish(world.press()));
  seen = (await world.records()).length;
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** A comment in each of many segments, 20 of them overflows of the first one. */
async function fill(post: PostItem): Promise<void> {
  await open(world.table, post, 1, SEGMENTS - OVERFLOWS, OVERFLOWS);
  for (let n = 1; n <= OVERFLOWS; n++) await sit(world.table, post, `t${n}`, { root: '1-1' });
}

async function open(table: Table, post: PostItem, from: number, to: number, over = 0): Promise<void> {
  for (let n = from; n <= to; n++) await sit(table, post, String(n));
  await table.put(headKey(post.id), { seg: to, over });
}

async function sit(table: Table, post: PostItem, segment: string, ofOverflow = {}): Promise<void> {
  const text = `canary ${segment} said`;
  await table.put(ctlKey(post.id, segment), { n: 1, roots: 1, bytes: 9, k: {}, thr: {}, ver: 1, ...ofOverflow });
  await table.put(seatKey(post.id, `${segment}-1`), {
    ...said(post, text),
    html: sanitizeComment(text).html,
    at: `${segment}-1`,
    status: 'approved',
    ver: 1,
    moves: [],
  });
}

const now = async () => (await getPost(world.table, post.id)) as PostItem;

async function news(): Promise<DynamoDBRecord[]> {
  const fresh = (await world.records()).slice(seen);
  seen += fresh.length;
  return fresh;
}

/** What one delivery of all that is new writes. */
async function deliver(records: readonly DynamoDBRecord[], failAt = Number.POSITIVE_INFINITY) {
  const { store } = world.press();
  const written: string[] = [];
  const put: Store['put'] = async (page, over) => {
    if (written.length >= failAt) throw new Error('S3 is down');
    written.push(page.key);
    return store.put(page, over);
  };
  const { batchItemFailures } = await publishRecords(world.press({ store: { etag: store.etag, put } }), records);
  return { written, failed: batchItemFailures.length };
}

/** Delivers until nothing is new. Gives what each delivery wrote. */
async function settle(): Promise<string[][]> {
  const steps: string[][] = [];
  for (let records = await news(); records.length > 0; records = await news())
    steps.push((await deliver(records)).written);
  return steps;
}

const conversation = (keys: readonly string[]) => keys.filter((key) => key.startsWith('long/comments/'));

/** How many pages of the conversation have these words. */
async function showing(words: string): Promise<number> {
  const files = Object.entries(await world.files());
  return files.filter(([key, html]) => key.startsWith('long/comments/') && html.includes(words)).length;
}

async function rebuilt() {
  const { store, files } = await world.freshStore();
  for await (const _ of republish(world.press({ store }), { fresh: true }));
  return files();
}

test('a new title is on the article at once, and on its conversation by steps of one size, the newest first', async () => {
  await revisePost(world.table, await now(), content({ title: 'Other words' }), NOW);

  const [first = [], ...steps] = await settle();

  expect(first).toContain('long/index.html');
  expect(conversation(first)).toEqual([]);
  expect(steps[0]).toContain(`long/comments/${SEGMENTS - OVERFLOWS}/index.html`);
  expect(steps.map(({ length }) => length)).toEqual([...Array(6).fill(PACE), 8, 0]);
  expect(new Set(conversation([first, ...steps].flat())).size).toBe(SEGMENTS);
  expect(await world.files()).toEqual(await rebuilt());
});

test('a step that fails is reported and done again, and no page is left out', async () => {
  await revisePost(world.table, await now(), content({ title: 'Failing' }), NOW);
  await deliver(await news());
  const step = await news();

  const failed = await deliver(step, 5);
  const again = await deliver(step);
  await settle();

  expect([failed.failed, again.failed]).toEqual([1, 0]);
  expect(again.written).toHaveLength(PACE);
  expect(await showing('Failing')).toBe(SEGMENTS);
});

test('a later change begins the sweep anew, and an older record of the former one takes nothing back', async () => {
  await revisePost(world.table, await now(), content({ title: 'Former' }), NOW);
  const former = await news();
  await deliver(former);
  const formerStep = await news();
  await deliver(formerStep);

  await revisePost(world.table, await now(), content({ title: 'Latter' }), NOW);
  await deliver(await news());
  await deliver([...former, ...formerStep]);
  await settle();

  expect(await showing('Latter')).toBe(SEGMENTS);
  expect(await readSweep(world.table, { of: 'post', id: post.id })).toMatchObject({
    goal: `${(await now()).tv} 0`,
    next: null,
  });
});

test('when all is done, a sweep’s record that comes again writes nothing', async () => {
  await revisePost(world.table, await now(), content({ title: 'Again' }), NOW);
  await deliver(await news());
  const step = await news();
  await deliver(step);
  await settle();

  expect(await deliver(step)).toEqual({ written: [], failed: 0 });
  expect(await news()).toEqual([]);
});

test('a step that made its pages and died before it noted so is done again, and the sweep goes on', async () => {
  await revisePost(world.table, await now(), content({ title: 'Unnoted' }), NOW);
  await deliver(await news());
  const step = await news();
  const table = world.through((client) =>
    client.middlewareStack.add((next) => async (args) => {
      if (JSON.stringify(args.input).includes('SWEEP#') && 'UpdateExpression' in args.input) throw new Error('killed');
      return next(args);
    }),
  );

  const { batchItemFailures } = await publishRecords(world.press({ table }), step);
  const noted = await news();
  await deliver(step);
  await settle();

  expect([batchItemFailures.length, noted]).toEqual([1, []]);
  expect(await showing('Unnoted')).toBe(SEGMENTS);
});

test('a step that is overtaken by a later change does not say that its own way is done', async () => {
  await revisePost(world.table, await now(), content({ title: 'Overtaken' }), NOW);
  await deliver(await news());
  const step = await news();
  const { store } = world.press();
  let overtaken: Promise<unknown> | undefined;
  const put: Store['put'] = async (page, over) => {
    overtaken ??= (async () => {
      await revisePost(world.table, await now(), content({ title: 'Overtaking' }), NOW);
      await deliver(await news());
    })();
    await overtaken;
    return store.put(page, over);
  };

  await publishRecords(world.press({ store: { etag: store.etag, put } }), step);

  expect(await readSweep(world.table, { of: 'post', id: post.id })).toMatchObject({
    goal: `${(await now()).tv} 0`,
    next: String(SEGMENTS - OVERFLOWS),
  });
  await settle();
  expect(await showing('Overtaking')).toBe(SEGMENTS);
});

test('a record that failed when it had begun its sweep leaves out no segment, however many opened since', async () => {
  await using other = await openWorld();
  const grown = await publishedPost(other.table, 'grown');
  await open(other.table, grown, 1, PACE + 4);
  await revisePost(other.table, grown, content({ title: 'Begun' }), NOW);
  const records = await other.records();
  const etag = () => Promise.reject(new Error('S3 is down'));
  await publishRecords(other.press({ store: { ...other.press().store, etag } }), records);

  await open(other.table, grown, PACE + 5, 3 * PACE);
  const seen = new Set<string | undefined>();
  for (let due = records; due.length > 0; ) {
    for (const { eventID } of due) seen.add(eventID);
    await publishRecords(other.press(), due);
    due = (await other.records()).filter(({ eventID }) => !seen.has(eventID));
  }

  const pages = Object.entries(await other.files()).filter(([key]) => key.startsWith('grown/comments/'));
  expect(pages).toHaveLength(3 * PACE);
  for (const [key, html] of pages) expect(html, key).toContain('Begun');
});

test('what is withdrawn is gone from the article with the first delivery, and step by step from its conversation', async () => {
  const withdrawn = await withdrawPost(world.table, await now());
  const canaries = async () => Object.values(await world.files()).filter((html) => html.includes('canary')).length;

  await deliver(await news());
  const left = [await canaries()];
  await deliver(await news());
  left.push(await canaries());
  await settle();

  expect(withdrawn.status).toBe('withdrawn');
  expect((await world.files())['long/index.html']).toContain('Nothing stands here');
  expect(left).toEqual([SEGMENTS, SEGMENTS - PACE]);
  expect(await canaries()).toBe(0);
  await publishPost(world.table, await now(), null, NOW);
  await settle();
  expect(await canaries()).toBeGreaterThanOrEqual(SEGMENTS);
});

test('another address leads from every page of the conversation to the new one, as a rebuild would have it', async () => {
  const renamed = await renamePost(world.table, await now(), 'longer', NOW);

  await settle();

  const files = await world.files();
  expect(Object.keys(files).filter((key) => key.startsWith('longer/comments/'))).toHaveLength(SEGMENTS);
  expect(files['long/comments/1/index.html']).toContain('/longer/comments/1/');
  expect(files).toEqual(await rebuilt());
  await renamePost(world.table, renamed, 'long', NOW);
  await settle();
});

test('the site’s words reach a long conversation by the same steps', async () => {
  await saveSite(
    world.table,
    { words: v.parse(v.strictObject(siteEntries), { title: 'Agora' }), account: 'ada', at: NOW.toISOString(), ver: 1 },
    0,
  );
  await deliver(await news());
  await spread(world.table);

  const steps = await settle();

  expect(Math.max(...steps.map((keys) => conversation(keys).length))).toBe(PACE);
  expect((await world.files())['long/comments/1/index.html']).toContain('Agora');
  expect(await world.files()).toEqual(await rebuilt());
});

test('a rebuild that is stopped within a long conversation goes on from there', async () => {
  const { store } = await world.freshStore();
  const written: string[] = [];
  const put: Store['put'] = (page, over) => {
    written.push(page.key);
    return store.put(page, over);
  };
  const press = world.press({ store: { etag: store.etag, put } });

  for (let run = 0; run < 3; run++) {
    for await (const _ of republish(press, { fresh: run === 0 })) break;
  }

  expect(conversation(written)).toHaveLength(3 * PACE);
  expect(new Set(written).size).toBe(written.length);
});

test('an author’s new card, and a category’s new name, are on all its pages by steps of one size', async () => {
  await using other = await openWorld();
  const category = { slug: 'notes', name: 'Notes' };
  await nameTerm(other.table, 'notes', 'Notes');
  for (let n = 1; n <= 40; n++) await publishedPost(other.table, `post-${n}`, { category });
  await publishRecords(other.press(), await other.records());
  let known = (await other.records()).length;
  const told = async (prefix: string, words: string) => {
    const counts: number[] = [];
    for (;;) {
      const fresh = (await other.records()).slice(known);
      if (fresh.length === 0) return counts;
      known += fresh.length;
      await publishRecords(other.press(), fresh);
      const pages = Object.entries(await other.files()).filter(([key]) => key.startsWith(prefix));
      counts.push(pages.filter(([, html]) => html.includes(words)).length);
    }
  };

  await describeAuthor(other.table, 'ada-byrne', { bio: 'Counts chairs.', links: [] });
  const articles = await told('post-', 'Counts chairs.');
  await saveTerm(other.table, { slug: 'notes', name: 'Remarks', ver: 2 });
  const pages = await told('category/notes/page/', 'Remarks');

  expect(articles).toEqual([0, 16, 32, 40, 40]);
  expect(pages).toEqual([0, 2, 4, 4, 4]);
});
