import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RuleError } from '../../functions/domain/errors.ts';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import type { Move, Status } from '../../functions/domain/moderation.ts';
import { permalink } from '../../functions/domain/thread.ts';
import { republish } from '../../functions/publisher/everything.ts';
import { registerOf } from '../../functions/publisher/state.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { findComment, hold, seat } from '../../functions/table/comments.ts';
import { total } from '../../functions/table/counters.ts';
import { move } from '../../functions/table/moves.ts';
import { MOST_PINS, pin, unpin } from '../../functions/table/pins.ts';
import { getPost, type PostItem, publishPost, revisePost, withdrawPost } from '../../functions/table/posts.ts';
import { renamePost } from '../../functions/table/renames.ts';
import { findHtml, putHtmlAnew } from '../../functions/table/revisions.ts';
import { readHead, readSegment, segmentsOf } from '../../functions/table/segments.ts';
import type { Table } from '../../functions/table/table.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { countsOf } from '../support/counts.ts';
import { Crash, crashingStore, crashingTable, dealt, pick, type Random, random, shuffled } from '../support/faults.ts';
import { seeds } from '../support/seeds.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

const STEPS = 80;

test('pages made by shuffled, repeated and crashing deliveries are the bytes of a full rebuild', async ({ task }) => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      await using world = await openWorld();
      const next = random(seed);

      const lives = await liveThrough(world, next);

      const pages = await world.files();
      await counted(world.table, lives.posts);
      expect(pages).toEqual(await rebuilt(world));
      await everyPermalinkResolves(world.table, lives.posts, pages);
      await nothingLeaks(world.table, lives.said, pages);
    }),
    seeds(4),
  );
  Object.assign(countsOf({ task }), { operations: dealt.calls, faults: dealt.crashes });
}, 3_600_000);

interface Lives {
  posts: PostItem[];
  said: { id: string; canary: string }[];
}

/** Writers that crash, and publishers that crash, race, and get records late, twice and in any order. */
async function liveThrough(world: World, next: Random): Promise<Lives> {
  const posts = [await publishedPost(world.table, 'first'), await publishedPost(world.table, 'second')];
  const lives: Lives = { posts, said: [] };
  const delivered = new Set<string>();
  for (let step = 0; step < STEPS; step++) {
    const table = crashingTable(world.table, next, 0.03);
    await survive(() => write(table, world.table, next, lives, step));
    if (next() < 0.4) await Promise.all([deliver(world, next, delivered), deliver(world, next, delivered)]);
  }
  while ((await undelivered(world, delivered)).length > 0) await deliver(world, next, delivered);
  return lives;
}

async function survive(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}

async function write(
  table: Table,
  sound: Table,
  next: Random,
  { posts, said: all }: Lives,
  step: number,
): Promise<void> {
  const chosen = await getPost(sound, pick(next, posts).id);
  if (!chosen) throw new Error('a post is gone');
  const dice = next();
  if (dice < 0.04) await table.get({ pk: 'nothing', sk: 'nothing' });
  else if (dice < 0.08)
    await (chosen.status === 'published' ? withdrawPost(table, chosen) : publishPost(table, chosen, null, NOW));
  else if (dice < 0.12)
    await revisePost(
      table,
      chosen,
      content({ title: `Title ${step}`, category: { slug: `c${step % 3}`, name: `C ${step % 3}` } }),
      NOW,
    );
  else if (dice < 0.15)
    await renamePost(
      table,
      chosen,
      pick(
        next,
        NAMES.map((name) => `${chosen.id.slice(0, 4)}-${name}`),
      ),
      NOW,
    );
  else if (dice < 0.19) await repin(table, sound, chosen, next);
  else if (dice < 0.23) await remake(table, sound, chosen, step);
  else if (dice < 0.7 || all.length === 0) await speak(table, sound, next, chosen, all, step);
  else await judge(table, sound, pick(next, all).id, next);
}

const NAMES = ['a', 'b', 'c'];

async function repin(table: Table, sound: Table, post: PostItem, next: Random): Promise<void> {
  const [pinned] = post.pins;
  if (pinned !== undefined && next() < 0.5) await unpin(table, post, pinned);
  const readable = await seated(sound, post);
  if (readable.length > 0 && post.pins.length < MOST_PINS) await pin(table, post, pick(next, readable).at).catch(stale);
}

/** Another policy's HTML of what it says, as a renewal writes it. */
async function remake(table: Table, sound: Table, post: PostItem, step: number): Promise<void> {
  const before = await findHtml(sound, post.id, post.rev);
  await putHtmlAnew(table, post, renderMarkdown(`Remade in step ${step}.`), before);
}

/** Of a post that was read before its other pin went. */
function stale(error: unknown): void {
  if (!(error instanceof RuleError)) throw error;
}

async function speak(
  table: Table,
  sound: Table,
  next: Random,
  post: PostItem,
  all: Lives['said'],
  step: number,
): Promise<void> {
  const parents = await seated(sound, post);
  const near = next() < 0.7 ? parents.slice(0, 3) : parents;
  const parent = parents.length > 0 && next() < 0.7 ? pick(next, near) : null;
  const canary = `canary${step}x`;
  const words = said(post, `${canary} ${'lorem ipsum '.repeat(Math.floor(next() * 90))}`, {
    parent,
    person: `p${step % 5}`,
  });
  all.push({ id: words.id, canary });
  const act = () => (step % 2 === 0 ? seat(table, words) : hold(table, words, 'pending'));
  await survive(act);
  if (next() < 0.5) await survive(act);
}

async function seated(table: Table, post: PostItem) {
  const segments = segmentsOf(await readHead(table, post.id));
  const read = await Promise.all(segments.map((segment) => readSegment(table, post.id, segment)));
  return read.flatMap(({ comments }) => comments).filter(({ status }) => status === 'approved');
}

async function judge(table: Table, sound: Table, id: string, next: Random): Promise<void> {
  const found = await findComment(sound, id);
  if (!found) return;
  const choices: Record<Status, Status[]> = {
    pending: ['approved', 'approved', 'spam', 'rejected'],
    approved: ['pending', 'spam', 'removed'],
    spam: ['approved', 'rejected'],
    rejected: [],
    removed: [],
  };
  if (choices[found.status].length === 0) return;
  const to: Move = { to: pick(next, choices[found.status]), by: 'test', at: NOW.toISOString(), rule: null };
  await move(table, id, to);
}

const sequenceOf = (record: DynamoDBRecord) => record.dynamodb?.SequenceNumber ?? '';

const undelivered = async (world: World, delivered: ReadonlySet<string>) =>
  (await world.records()).filter((record) => !delivered.has(sequenceOf(record)));

/** Some of what is due, with some of what was delivered before, in any order. What failed stays due. */
async function deliver(world: World, next: Random, delivered: Set<string>): Promise<void> {
  const due = shuffled(next, await undelivered(world, delivered)).slice(0, 1 + Math.floor(next() * 40));
  const again = shuffled(next, await world.records()).slice(0, Math.floor(next() * 5));
  const batch = shuffled(next, [...due, ...again]);
  const sound = world.press();
  const press = {
    ...sound,
    pace: 1,
    table: crashingTable(sound.table, next, 0.004),
    store: crashingStore(sound.store, next, 0.01),
  };
  const { batchItemFailures } = await publishRecords(press, batch);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const record of due) if (!failed.has(sequenceOf(record))) delivered.add(sequenceOf(record));
}

async function counted(table: Table, posts: PostItem[]): Promise<void> {
  for (const { id } of posts) {
    const segments = await Promise.all(segmentsOf(await readHead(table, id)).map((s) => readSegment(table, id, s)));
    const recount = registerOf(segments.flatMap(({ comments }) => comments));
    expect(await total(table, id)).toEqual(recount);
  }
}

async function rebuilt(world: World): Promise<Record<string, string>> {
  const { store, files } = await world.freshStore();
  for await (const _ of republish(world.press({ store })));
  const pages = await files();
  for (const standing of ['404.html', ...(pages['page/1/index.html'] ? [] : ['index.html'])]) delete pages[standing];
  return pages;
}

async function everyPermalinkResolves(table: Table, posts: PostItem[], pages: Record<string, string>): Promise<void> {
  for (const { id } of posts) {
    const post = await getPost(table, id);
    if (post?.status !== 'published') continue;
    for (const { at } of await seated(table, post)) {
      const path = permalink(post.slug, at).slice(1).replace(/#.*/, 'index.html');
      expect(pages[path]).toContain(`id="comment-${at}"`);
    }
  }
}

async function nothingLeaks(table: Table, all: Lives['said'], pages: Record<string, string>): Promise<void> {
  const everything = Object.values(pages).join('\n');
  for (const { id, canary } of all) {
    const found = await findComment(table, id);
    const post = found && (await getPost(table, found.post));
    const shown = found?.status === 'approved' && post?.status === 'published';
    expect(everything.includes(canary), `${canary} of a ${found?.status} comment`).toBe(shown);
  }
}
