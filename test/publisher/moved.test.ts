import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../../functions/publisher/publish.ts';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { seat } from '../../functions/table/comments.ts';
import { slugKey } from '../../functions/table/keys.ts';
import { getPost, type PostItem } from '../../functions/table/posts.ts';
import { renamePost } from '../../functions/table/renames.ts';
import { reserveSlug } from '../../functions/table/slugs.ts';
import type { Table } from '../../functions/table/table.ts';
import { publishedPost, said } from '../support/content.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
let seen = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function publishNews(store?: Store) {
  const fresh = (await world.records()).slice(seen);
  seen += fresh.length;
  return publishRecords(world.press(store ? { store } : {}), fresh);
}

const now = async ({ id }: PostItem) => (await getPost(world.table, id)) as PostItem;

test('a publisher that was held up over the old address does not bring the article back there', async () => {
  const post = await publishedPost(world.table, 'held-up');
  await publishNews();
  const { store } = world.press();
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const put: Store['put'] = async (page, over) => {
    reached.resolve();
    await released.promise;
    return store.put(page, over);
  };

  await seat(world.table, said(post, 'a word'));
  const late = publish(world.press({ store: { etag: store.etag, put } }), [{ kind: 'post', post: post.id }]);
  await reached.promise;
  await renamePost(world.table, post, 'let-go', NOW);
  await publishNews();
  released.resolve();
  await late;

  expect((await world.files())['held-up/index.html']).toContain('/let-go/');
  expect((await world.files())['held-up/index.html']).not.toContain('nine');
});

test('away and back and away again leave other bytes at each step, so that no held-up page fits', async () => {
  const post = await publishedPost(world.table, 'to-and-fro');
  const seenThere: (string | undefined)[] = [];
  for (const slug of ['elsewhere', 'to-and-fro', 'elsewhere', 'to-and-fro']) {
    await renamePost(world.table, await now(post), slug, NOW);
    await publishNews();
    seenThere.push((await world.files())['to-and-fro/index.html']);
  }

  expect(new Set(seenThere).size).toBe(4);
});

test('a comment on an article with former names writes nothing there', async () => {
  const post = await publishedPost(world.table, 'quiet');
  await seat(world.table, said(post, 'first'));
  const renamed = await renamePost(world.table, post, 'quieter', NOW);
  await publishNews();
  const before = await world.files();

  await seat(world.table, said(renamed, 'second'));
  await publishNews();

  const after = await world.files();
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  expect(changed.toSorted()).toEqual(['quieter/comments/1/index.html', 'quieter/index.html']);
});

test('a slug that was reserved and left is free after a minute, and not before', async () => {
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  await reserveSlug(world.table, 'left-behind', 'nobody', NOW);

  await expect(reserveSlug(world.table, 'left-behind', 'me', at(59))).rejects.toThrow('slug.taken');
  await reserveSlug(world.table, 'left-behind', 'me', at(61));

  await expect(reserveSlug(world.table, 'left-behind', 'nobody', at(90))).rejects.toThrow('slug.taken');
});

test('a slug that its post takes back is not taken over by whoever found it left, nor the other way round', async () => {
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  /** A table on which somebody else is faster, between the look at who holds the slug and the write. */
  const overtaken = (faster: () => Promise<void>): Table => {
    let once = true;
    return {
      ...world.table,
      get: async (key) => {
        const found = await world.table.get(key);
        if (key.sk === 'META' && once) {
          once = false;
          await faster();
        }
        return found as never;
      },
    };
  };
  for (const slug of ['taken-back', 'taken-over']) await reserveSlug(world.table, slug, 'leaver', NOW);

  const back = overtaken(() => reserveSlug(world.table, 'taken-back', 'leaver', at(61)));
  await expect(reserveSlug(back, 'taken-back', 'other', at(61))).rejects.toThrow('slug.taken');
  const over = overtaken(() => reserveSlug(world.table, 'taken-over', 'other', at(61)));
  await expect(reserveSlug(over, 'taken-over', 'leaver', at(61))).rejects.toThrow('slug.taken');

  const held = async (slug: string) => (await world.table.get<{ post: string }>(slugKey(slug)))?.post;
  expect([await held('taken-back'), await held('taken-over')]).toEqual(['leaver', 'other']);
});
