import { expect, test } from 'vitest';
import { publish } from '../../functions/publisher/publish.ts';
import type { Store } from '../../functions/publisher/store.ts';
import { hold } from '../../functions/table/comments.ts';
import { move } from '../../functions/table/moves.ts';
import { publishPost, withdrawPost } from '../../functions/table/posts.ts';
import { publishedPost, said } from '../support/content.ts';
import { NOW, openWorld } from '../support/world.ts';

/** A store whose next PUT waits until it is let go: the publisher that was held up. */
function heldUp(store: Store) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let first = true;
  const put: Store['put'] = async (page, over) => {
    if (first) {
      first = false;
      reached.resolve();
      await released.promise;
    }
    return store.put(page, over);
  };
  return { store: { etag: store.etag, put }, reached: reached.promise, release: released.resolve };
}

test('a held-up publisher never brings a withdrawn article back, though the page was absent before and after', async () => {
  await using world = await openWorld();
  const post = await publishedPost(world.table, 'gone');
  const page = { kind: 'post', post: post.id } as const;
  const slow = heldUp(world.press().store);

  const late = publish(world.press({ store: slow.store }), [page]);
  await slow.reached;
  await withdrawPost(world.table, post);
  await publish(world.press(), [page]);
  slow.release();
  await late;

  expect((await world.files())['gone/index.html']).not.toContain('nine');
});

test('A -> B -> A: a page made of an old state never lies over a newer one of the same look', async () => {
  await using world = await openWorld();
  const post = await publishedPost(world.table, 'aba');
  const page = { kind: 'post', post: post.id } as const;
  await publish(world.press(), [page]);
  const before = (await world.files())['aba/index.html'] ?? '';

  const withdrawn = await withdrawPost(world.table, post);
  await publish(world.press(), [page]);
  const back = await publishPost(world.table, withdrawn, null, NOW);
  await publish(world.press(), [page]);

  const after = (await world.files())['aba/index.html'] ?? '';
  expect(after).toContain('nine');
  expect(after).not.toBe(before);
  expect(back.ver).toBeGreaterThan(post.ver);
});

test('a publisher that saw A before B and A again loses to whoever made A again', async () => {
  await using world = await openWorld();
  const post = await publishedPost(world.table, 'schedule');
  const words = said(post, 'a canary that is taken back');
  const page = { kind: 'post', post: post.id } as const;
  const segment = { kind: 'segment', post: post.id, segment: '1' } as const;
  await hold(world.table, words, 'pending');
  const to = (status: 'approved' | 'pending' | 'removed') => ({
    to: status,
    by: 'test',
    at: NOW.toISOString(),
    rule: null,
  });
  await publish(world.press(), [segment, page]);
  const slow = heldUp(world.press().store);

  await move(world.table, words.id, to('approved'));
  const late = publish(world.press({ store: slow.store }), [page]);
  await slow.reached;
  await publish(world.press(), [segment, page]);
  await move(world.table, words.id, to('pending'));
  await publish(world.press(), [segment, page]);
  slow.release();
  await late;

  expect((await world.files())['schedule/index.html']).not.toContain('canary');
});
