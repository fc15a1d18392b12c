import { afterAll, beforeAll, expect, test } from 'vitest';
import { spendProof } from '../../functions/table/proofs.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test('of 100 comments at once, one spends a proof', async () => {
  const spent = await Promise.all(
    Array.from({ length: 100 }, (_, i) => spendProof(world.table, 'once', `comment-${i}`, NOW)),
  );

  expect(spent.filter(Boolean)).toHaveLength(1);
});

test('the same comment may show it again', async () => {
  const spent = await Promise.all(Array.from({ length: 10 }, () => spendProof(world.table, 'again', 'comment', NOW)));

  expect(spent).toEqual(Array(10).fill(true));
});
