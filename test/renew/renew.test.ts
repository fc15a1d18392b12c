import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ARTICLE_POLICY, POLICY } from '../../functions/domain/allowed-tags.ts';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import { pack, unpack } from '../../functions/domain/packed-html.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { affected } from '../../functions/publisher/affected.ts';
import { republish } from '../../functions/publisher/everything.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { type Progress, renew } from '../../functions/renew/everything.ts';
import type { CommentItem } from '../../functions/table/comment-items.ts';
import { commentAt, hold, seat } from '../../functions/table/comments.ts';
import { saveJob } from '../../functions/table/jobs.ts';
import { htmlKey, seatKey, waitKey } from '../../functions/table/keys.ts';
import {
  createPost,
  getPost,
  type PostItem,
  publishPost,
  revisePost,
  withdrawPost,
} from '../../functions/table/posts.ts';
import { readRecord } from '../../functions/table/records.ts';
import { findHtml, readHtml } from '../../functions/table/revisions.ts';
import { takeSeat } from '../../functions/table/seats.ts';
import type { Table } from '../../functions/table/table.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { Crash, crashingTable, dyingAt } from '../support/faults.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

const BEFORE = renderMarkdown('As the policy before made it.');
const HOUR = 3_600_000;

let world: World;
let seen: number;
beforeEach(async () => {
  world = await openWorld();
  seen = 0;
});
afterEach(() => world[Symbol.asyncDispose]());

/** The article as another policy made it: read, changed and written as whoever renews it does. */
async function byAnotherPolicy(post: PostItem, html = BEFORE): Promise<void> {
  const ver = ((await findHtml(world.table, post.id, post.rev))?.ver ?? 0) + 1;
  await world.table.put(htmlKey(post.id, post.rev), { html: pack(html), policy: 'another', ver });
}

async function saidUnderAnotherPolicy(post: PostItem, text: string): Promise<string> {
  const words = { ...said(post, text), policy: 'another', html: sanitizeComment(`Before: ${text}`).html };
  return seat(world.table, words);
}

async function renewAll(table: Table = world.table, options: Parameters<typeof renew>[1] = {}): Promise<Progress[]> {
  const steps: Progress[] = [];
  for await (const step of renew(table, { now: NOW, ...options })) steps.push(step);
  return steps;
}

async function publishNews() {
  const all = await world.records();
  const fresh = all.slice(seen);
  seen = all.length;
  return publishRecords(world.press(), fresh);
}

const current = async ({ id }: PostItem) => (await getPost(world.table, id)) as PostItem;

/** Of the revision that the post points to. */
async function storedHtml(post: PostItem) {
  const { id, rev } = await current(post);
  const item = await findHtml(world.table, id, rev);
  return item && { html: unpack(item.html) as string, policy: item.policy };
}

const fresh = (source: string) => ({ html: renderMarkdown(source) as string, policy: ARTICLE_POLICY });

describe('what another policy made', () => {
  test('is made anew, for readers and for authors alone, and pages and feeds follow', async () => {
    const shown = await publishedPost(world.table, 'shown', { source: 'The *first* words.' });
    await revisePost(world.table, shown, content({ source: 'Words that are **new**.' }), NOW);
    const gone = await withdrawPost(world.table, await publishedPost(world.table, 'gone', { source: 'Gone.' }));
    const draft = await createPost(world.table, 'draft', content({ source: 'A draft.' }), NOW);
    const later = await publishPost(
      world.table,
      await createPost(world.table, 'later', content({ source: 'Later.' }), NOW),
      '2099-01-01T00:00:00.000Z',
      NOW,
    );
    const about = await createPost(world.table, 'about', content({ source: 'About.' }), NOW, { kind: 'page' });
    await publishPost(world.table, about, null, NOW);
    for (const post of [await current(shown), gone, later]) await byAnotherPolicy(post);
    for (const post of [draft, about]) await world.table.delete(htmlKey(post.id, post.rev));
    const ref = await saidUnderAnotherPolicy(shown, 'a <b>comment</b>');

    const steps = await renewAll();
    await publishNews();

    expect(steps.at(-1)).toEqual({ posts: 5, renewed: 6 });
    expect(await storedHtml(shown)).toEqual(fresh('Words that are **new**.'));
    expect(await storedHtml(gone)).toEqual(fresh('Gone.'));
    expect(await storedHtml(later)).toEqual(fresh('Later.'));
    expect(await storedHtml(draft)).toEqual(fresh('A draft.'));
    expect(await storedHtml(about)).toEqual(fresh('About.'));
    expect(await commentAt(world.table, shown.id, ref)).toMatchObject({
      policy: POLICY,
      html: '<p>a <b>comment</b></p>',
    });
    const files = await world.files();
    for (const page of ['shown/index.html', 'feed.xml', 'category/rooms/feed.json']) {
      expect(files[page], page).toContain('Words that are');
      expect(files[page], page).not.toContain('policy before');
    }
    for (const page of ['shown/index.html', 'shown/comments/1/index.html']) {
      expect(files[page], page).toContain('<p>a <b>comment</b></p>');
    }
  });

  test('is on its pages once its record was published, and before', async () => {
    const post = await publishedPost(world.table, 'rolled');
    await publishNews();

    await byAnotherPolicy(post);
    await publishNews();
    const forward = (await world.files())['rolled/index.html'];
    const feed = (await world.files())['feed.xml'];
    await renewAll();
    await publishNews();

    expect(forward).toContain('As the policy before made it.');
    expect(feed).toContain('As the policy before made it.');
    expect((await world.files())['rolled/index.html']).toContain('nine');
    expect((await world.files())['feed.xml']).toContain('nine');
  });

  test('never lies over what was made anew after it, though the words are those of the first time again', async () => {
    const post = await publishedPost(world.table, 'rolled-back');
    await publishNews();
    const [first, firstFeed] = await pagesOf('rolled-back/index.html', 'feed.xml');

    await byAnotherPolicy(post);
    await publishNews();
    await renewAll();
    await publishNews();

    const [back, backFeed] = await pagesOf('rolled-back/index.html', 'feed.xml');
    expect(back).toContain('nine');
    expect(back).not.toBe(first);
    expect(backFeed).not.toBe(firstFeed);
  });

  test('becomes text where today’s policy refuses it', async () => {
    const post = await publishedPost(world.table, 'refused');
    const ref = await saidUnderAnotherPolicy(post, '<b>more</b> words');
    const { key, item } = await keptSeat(post, ref);
    await world.table.put(key, { ...item, source: '<script>nothing else</script>' });

    const steps = await renewAll();

    expect(steps.at(-1)).toEqual({ posts: 1, renewed: 1 });
    expect(await commentAt(world.table, post.id, ref)).toMatchObject({
      policy: POLICY,
      html: '<p>Before: more words</p>',
      source: '<script>nothing else</script>',
    });
  });

  test('is gone over again where a comment was changed in the same moment', async () => {
    const post = await publishedPost(world.table, 'busy');
    const ref = await saidUnderAnotherPolicy(post, 'in a <i>hurry</i>');
    const meddling: Table = {
      ...world.table,
      async update(key, update) {
        const { item } = await keptSeat(post, ref);
        await world.table.put(seatKey(post.id, ref), { ...item, ver: item.ver + 1 });
        return world.table.update(key, update);
      },
    };

    await renewAll(meddling);
    await renewAll(meddling, { now: new Date(NOW.getTime() + HOUR) });
    const later = await renewAll(world.table, { now: new Date(NOW.getTime() + 2 * HOUR) });

    expect(later.at(-1)).toEqual({ posts: 1, renewed: 1 });
    expect((await commentAt(world.table, post.id, ref))?.policy).toBe(POLICY);
  });
});

const pagesOf = async (...keys: string[]) => {
  const files = await world.files();
  return keys.map((key) => files[key]);
};

async function keptSeat(post: PostItem, ref: string) {
  return { key: seatKey(post.id, ref), item: (await commentAt(world.table, post.id, ref)) as CommentItem };
}

describe('once all is of today’s policy', () => {
  test('it is gone over a second time an hour later, and after that two reads tell so', async () => {
    const post = await publishedPost(world.table, 'settled');
    await renewAll();
    await byAnotherPolicy(post);

    const soon = await renewAll(world.table, { now: new Date(NOW.getTime() + HOUR - 1) });
    await byAnotherPolicy(post);
    const second = await renewAll(world.table, { now: new Date(NOW.getTime() + HOUR) });
    const { table, calls } = counting(world.table);
    const third = await renewAll(table, { now: new Date(NOW.getTime() + 2 * HOUR) });

    expect([soon, second, third].map((steps) => steps.at(-1)?.renewed)).toEqual([1, 1, 0]);
    expect(calls).toEqual(['get', 'get']);
  });

  test('an approval of before that reaches its seat only now is found by the next run', async () => {
    const post = await publishedPost(world.table, 'late');
    await renewAll();
    await renewAll(world.table, { now: new Date(+NOW + HOUR) });
    const words = { ...said(post, 'let in <b>late</b>'), policy: 'another', html: sanitizeComment('Before.').html };
    const at = await takeSeat(world.table, post.id, null, 10);
    await hold(world.table, words, 'pending');
    await world.table.update(waitKey(words.id), {
      set: '#status = :approved, #at = :at',
      names: { '#status': 'status', '#at': 'at' },
      values: { ':approved': 'approved', ':at': at },
    });

    await publishNews();
    await saveJob(world.table, 'renew', {
      policy: `${POLICY} ${ARTICLE_POLICY}`,
      since: NOW.toISOString(),
      settled: true,
    });
    await renewAll();

    expect(await commentAt(world.table, post.id, at)).toMatchObject({
      policy: POLICY,
      html: '<p>let in <b>late</b></p>',
    });
  });

  test('a restoration is gone over all the same', async () => {
    const post = await publishedPost(world.table, 'restored');
    await renewAll();
    await renewAll(world.table, { now: new Date(NOW.getTime() + HOUR) });
    await world.table.delete(htmlKey(post.id, post.rev));

    const steps = await renewAll(world.table, { fresh: true });

    expect(steps.at(-1)).toEqual({ posts: 1, renewed: 1 });
  });
});

function counting(sound: Table): { table: Table; calls: string[] } {
  const calls: string[] = [];
  const table = Object.fromEntries(
    Object.entries(sound).map(([name, call]) => [
      name,
      (...args: unknown[]) => {
        calls.push(name);
        return (call as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Table;
  return { table, calls };
}

describe('a run', () => {
  test('stopped at any read or write is gone on with, and nothing is left out', async () => {
    const posts = [await publishedPost(world.table, 'one'), await publishedPost(world.table, 'two')];
    const refs = await Promise.all(posts.map((post) => saidUnderAnotherPolicy(post, 'some <b>bold</b> words')));
    let stopped = 0;
    for (let nth = 0; ; nth += 1) {
      for (const [i, post] of posts.entries()) {
        await byAnotherPolicy(post);
        const { key, item } = await keptSeat(post, refs[i] ?? '');
        await world.table.put(key, { ...item, policy: 'another', html: BEFORE, ver: item.ver + 1 });
      }
      const crashed = await renewAll(crashingTable(world.table, dyingAt(nth), 0.5)).then(
        () => false,
        (error) => error instanceof Crash,
      );
      await renewAll();
      for (const [i, post] of posts.entries()) {
        expect(await storedHtml(post)).toEqual(fresh('We set out *nine* chairs.'));
        expect(await commentAt(world.table, post.id, refs[i] ?? '')).toMatchObject({
          policy: POLICY,
          html: '<p>some <b>bold</b> words</p>',
        });
      }
      if (!crashed) break;
      stopped += 1;
    }

    expect(stopped).toBeGreaterThan(30);
  }, 300_000);

  test('goes on after the post that it was stopped at, and starts over under another policy', async () => {
    for (const slug of ['first', 'second', 'third']) await publishedPost(world.table, slug);
    const first = renew(world.table, { now: NOW });
    await first.next();
    await first.return(undefined);

    const [goesOn] = await renewAll();
    const again = renew(world.table, { now: NOW });
    await again.next();
    await again.return(undefined);
    await saveJob(world.table, 'renew', { policy: 'another', shelf: 7, posts: 2, renewed: 0 });
    const [over] = await renewAll();

    expect(goesOn).toMatchObject({ posts: 2 });
    expect(over).toMatchObject({ posts: 1 });
  });

  test('before a rebuild and after one gives the same pages', async () => {
    const post = await publishedPost(world.table, 'either-way');
    await saidUnderAnotherPolicy(post, 'said <i>before</i>');
    await byAnotherPolicy(post);
    await publishNews();

    for await (const _ of republish(world.press()));
    await renewAll();
    await publishNews();

    const { store, files } = await world.freshStore();
    for await (const _ of republish(world.press({ store })));
    expect(await world.files()).toEqual(await files());
    expect((await files())['either-way/index.html']).toContain('<p>said <i>before</i></p>');
  });

  test('that reads an article before its author saves does not stand in the way of the new words', async () => {
    const post = await publishedPost(world.table, 'beside');
    await byAnotherPolicy(post);
    const put: Table['put'] = async (key, item, condition) => {
      if (key.sk.startsWith('HTML#')) {
        await revisePost(world.table, post, content({ source: 'Saved meanwhile.' }), NOW);
      }
      return world.table.put(key, item, condition);
    };

    await renewAll({ ...world.table, put });
    await publishNews();

    expect(await storedHtml(post)).toEqual(fresh('Saved meanwhile.'));
    expect((await world.files())['beside/index.html']).toContain('Saved meanwhile.');
  });

  test('beside another one makes an article anew once', async () => {
    const post = await publishedPost(world.table, 'both');
    await byAnotherPolicy(post);
    const before = await findHtml(world.table, post.id, post.rev);
    const put: Table['put'] = async (key, item, condition) => {
      if (key.sk.startsWith('HTML#')) await renewAll(world.table, { fresh: true });
      return world.table.put(key, item, condition);
    };

    await renewAll({ ...world.table, put });

    expect(await storedHtml(post)).toEqual(fresh('We set out *nine* chairs.'));
    expect((await findHtml(world.table, post.id, post.rev))?.ver).toBe((before?.ver ?? 0) + 1);
  });
});

describe('an article without HTML', () => {
  test('waits until it is made, and holds up nothing else, though all was thought to be of today', async () => {
    const post = await publishedPost(world.table, 'from-before', { source: 'Kept *long*.' });
    await publishedPost(world.table, 'beside-it');
    await renewAll();
    await renewAll(world.table, { now: new Date(NOW.getTime() + HOUR) });
    await world.table.delete(htmlKey(post.id, post.rev));

    const { batchItemFailures } = await publishNews();
    for await (const _ of republish(world.press()));
    const before = await world.files();
    await renewAll();
    await publishNews();
    const after = await world.files();

    expect(batchItemFailures).toEqual([]);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['index.html', 'beside-it/index.html']));
    expect(before['from-before/index.html']).toBeUndefined();
    expect(after['from-before/index.html']).toContain('Kept <em>long</em>.');
    expect(after['feed.xml']).toContain('Kept');
  });

  test('is refused to whoever reads it, with what to do', async () => {
    const post = await publishedPost(world.table, 'unread');
    await world.table.delete(htmlKey(post.id, post.rev));

    await expect(readHtml(world.table, post)).rejects.toThrow(
      `post ${post.id} has no HTML of its revision 1: run stoa republish`,
    );
  });

  test('never gets that of words that were lost', async () => {
    const post = await publishedPost(world.table, 'restored-while-saved');
    const lost = pack(renderMarkdown('Lost words.'));
    await world.table.put(htmlKey(post.id, post.rev + 1), { html: lost, policy: ARTICLE_POLICY, ver: 1 });

    const saved = await revisePost(world.table, post, content({ source: 'New words.' }), NOW);

    expect((await readHtml(world.table, saved)).html).toContain('New words.');
  });
});

describe('a record of HTML', () => {
  const pagesFor = async (post: PostItem, rev: number) => {
    const records = (await world.records()).map(readRecord);
    const change = records.findLast(({ key }) => key.kind === 'html' && key.post === post.id && key.rev === rev);
    if (!change) throw new Error('no record');
    return affected(world.press(), change);
  };

  test('is an occasion for the page and the feeds of what readers have', async () => {
    const post = await publishedPost(world.table, 'had');

    expect(await pagesFor(post, 1)).toEqual([
      { kind: 'post', post: post.id },
      ...['all', 'author:ada-byrne', 'category:rooms'].flatMap((list) =>
        ['xml', 'json'].map((format) => ({ kind: 'feed', list, format })),
      ),
    ]);
  });

  test('is none for a draft, nor for a revision before', async () => {
    const draft = await createPost(world.table, 'draft', content(), NOW);
    const post = await publishedPost(world.table, 'revised');
    await revisePost(world.table, post, content({ source: 'Other words.' }), NOW);

    expect(await pagesFor(draft, 1)).toEqual([]);
    expect(await pagesFor(post, 1)).toEqual([]);
  });
});
