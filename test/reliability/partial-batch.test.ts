import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { closePost, getPost } from '../../functions/table/posts.ts';
import { publishedPost } from '../support/content.ts';
import { countsOf } from '../support/counts.ts';
import { random, shuffled } from '../support/faults.ts';
import { seeds } from '../support/seeds.ts';
import { openWorld, type World } from '../support/world.ts';

const SLUGS = Array.from({ length: 8 }, (_, n) => `article-${n}`);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('a batch reports its failed records and no other, the lowest number first', async (context) => {
  const counts = countsOf(context);
  const posts = new Map<string, string>();
  for (const slug of SLUGS) posts.set((await publishedPost(world.table, slug)).id, slug);
  await publishRecords(world.press(), await world.records());
  let seen = (await world.records()).length;

  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.subarray(SLUGS), async (seed, broken) => {
      for (const id of shuffled(random(seed), [...posts.keys()])) {
        const post = await getPost(world.table, id);
        if (post) await closePost(world.table, post, !post.closed);
      }
      const records = (await world.records()).slice(seen);
      seen += records.length;
      const { store } = world.press();
      const put: Store['put'] = (page, ...rest) =>
        broken.includes(page.key.split('/')[0] ?? '') ? Promise.reject(new Error('broken')) : store.put(page, ...rest);

      const { batchItemFailures } = await publishRecords(
        world.press({ store: { ...store, put } }),
        shuffled(random(seed), records),
      );

      const slugOf = (pk = '') => posts.get(pk.replace('POST#', '')) ?? '';
      const failed = records.filter(({ dynamodb }) => broken.includes(slugOf(dynamodb?.Keys?.pk?.S)));
      counts.operations += records.length;
      counts.faults += failed.length;
      expect(records).toHaveLength(SLUGS.length);
      expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
        failed.map(({ dynamodb }) => dynamodb?.SequenceNumber).toSorted(),
      );
      await publishRecords(world.press(), failed);
    }),
    seeds(5),
  );
}, 3_600_000);
