import type { DynamoDBRecord } from 'aws-lambda';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { affected } from '../../functions/publisher/affected.ts';
import { republish } from '../../functions/publisher/everything.ts';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { runSchedule } from '../../functions/schedule.ts';
import { describeAuthor } from '../../functions/table/authors.ts';
import { commentAt, hold, seat } from '../../functions/table/comments.ts';
import { readJob, saveJob } from '../../functions/table/jobs.ts';
import { takePlace } from '../../functions/table/lists.ts';
import { move } from '../../functions/table/moves.ts';
import { isTrusted } from '../../functions/table/people.ts';
import { createPost, findPost, publishPost, revisePost, withdrawPost } from '../../functions/table/posts.ts';
import { readRecord } from '../../functions/table/records.ts';
import type { Table } from '../../functions/table/table.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
let seen = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What came since the last call, published in one batch. */
async function publishNews(store?: Store) {
  const fresh = (await world.records()).slice(seen);
  seen += fresh.length;
  return publishRecords(world.press(store ? { store } : {}), fresh);
}

/** A store that counts what is really written. */
function counting(): { store: Store; written: string[] } {
  const written: string[] = [];
  const { store } = world.press();
  const put: Store['put'] = async (page, over) => {
    const before = await store.etag(page.key);
    const done = await store.put(page, over);
    if ((await store.etag(page.key)) !== before) written.push(page.key);
    return done;
  };
  return { store: { etag: store.etag, put }, written };
}

const approve = { to: 'approved', by: 'test', at: NOW.toISOString(), rule: null } as const;
const page = async (key: string) => parse((await world.files())[key] ?? '');

test('publishing an article writes its page and the lists it is on, and nothing else', async () => {
  const { store, written } = counting();

  await publishedPost(world.table, 'plain');
  await publishNews(store);

  const ofList = (list: string) =>
    ['feed.json', 'feed.xml', 'index.html', 'page/1/index.html'].map((name) => `${list}${name}`);
  const lists = ['author/ada-byrne/', 'category/rooms/', ''].flatMap(ofList);
  expect(written.toSorted()).toEqual([...lists, 'plain/index.html']);
});

test('the feeds of a list have its newest articles, whole, and lose one that is withdrawn', async () => {
  const post = await publishedPost(world.table, 'followed');
  await publishNews();
  const feeds = ['feed.xml', 'author/ada-byrne/feed.json', 'category/rooms/feed.xml'];
  const naming = async () => {
    const files = await world.files();
    return feeds.map((feed) => files[feed]?.includes('/followed/'));
  };
  const before = await naming();

  await withdrawPost(world.table, post);
  await publishNews();

  expect(before).toEqual([true, true, true]);
  expect(await naming()).toEqual([false, false, false]);
});

test('a comment touches the page of its segment and the article, never a list', async () => {
  const post = await publishedPost(world.table, 'touched');
  await publishNews();
  const { store, written } = counting();

  await seat(world.table, said(post, 'hello'));
  await publishNews(store);

  expect(written.toSorted()).toEqual(['touched/comments/1/index.html', 'touched/index.html']);
});

test('records that were published already write nothing', async () => {
  const { store, written } = counting();

  await publishRecords(world.press({ store }), await world.records());

  expect(written).toEqual([]);
});

test('what the publisher writes itself invokes nobody', async () => {
  await publishNews();
  const before = (await world.records()).length;

  for await (const _ of republish(world.press()));

  expect((await world.records()).length).toBe(before);
});

test('replies that overflow go on in a chain of pages that leads both ways', async () => {
  const post = await publishedPost(world.table, 'chain');
  const root = await commentAt(world.table, post.id, await seat(world.table, said(post, 'the root')));
  for (let i = 0; i < 100; i++) {
    const words = said(post, `reply ${i}`, { parent: root });
    if (i % 3) await seat(world.table, words);
    else {
      await hold(world.table, words, 'pending');
      await move(world.table, words.id, approve);
    }
  }

  await publishNews();

  const home = await page('chain/comments/1/index.html');
  expect(home.querySelectorAll('[id^=comment-]')).toHaveLength(13);
  expect(home.querySelectorAll('a').map((a) => a.getAttribute('href'))).toContain('/chain/comments/t1/');
  const chain = await Promise.all(['t1', 't2', 't3'].map((t) => page(`chain/comments/${t}/index.html`)));
  expect(chain.map((one) => one.querySelectorAll('[id^=comment-]').length)).toEqual([40, 40, 8]);
  const links = chain.map((one) =>
    ['prev', 'next'].map((rel) => one.querySelector(`[rel=${rel}]`)?.getAttribute('href')),
  );
  expect(links).toEqual([
    [undefined, '/chain/comments/t2/'],
    ['/chain/comments/t1/', '/chain/comments/t3/'],
    ['/chain/comments/t2/', undefined],
  ]);
  expect((await page('chain/index.html')).querySelector('#talk h2')?.text).toContain('101');
});

test('an overflow that died before its neighbour knew of it is linked from the record', async () => {
  const post = await publishedPost(world.table, 'unlinked');
  const root = await commentAt(world.table, post.id, await seat(world.table, said(post, 'the root')));
  const update: Table['update'] = (key, change) =>
    change.set?.startsWith('#next') ? Promise.reject(new Error('died')) : world.table.update(key, change);
  const dying = { ...world.table, update };
  const answers = Array.from({ length: 53 }, (_, i) => said(post, `reply ${i}`, { parent: root }));
  for (const words of answers.slice(0, 52)) await seat(dying, words);
  await expect(seat(dying, answers[52] ?? said(post, ''))).rejects.toThrow('died');
  await seat(world.table, answers[52] ?? said(post, ''));

  await publishNews();

  const first = await page('unlinked/comments/t1/index.html');
  expect(first.querySelector('[rel=next]')?.getAttribute('href')).toBe('/unlinked/comments/t2/');
});

test('seventeen roots fill a segment and open the next, and the first learns of its neighbour', async () => {
  const post = await publishedPost(world.table, 'roots');

  for (let i = 0; i < 17; i++) await seat(world.table, said(post, `root ${i}`));
  await publishNews();

  const first = await page('roots/comments/1/index.html');
  const second = await page('roots/comments/2/index.html');
  expect(first.querySelectorAll('[id^=comment-]')).toHaveLength(16);
  expect(first.querySelector('[rel=next]')?.getAttribute('href')).toBe('/roots/comments/2/');
  expect(second.querySelector('[rel=prev]')?.getAttribute('href')).toBe('/roots/comments/1/');
});

test('one poison record holds up nobody', async () => {
  const post = await publishedPost(world.table, 'poison');
  await seat(world.table, said(post, 'still published'));
  const good = (await world.records()).slice(seen);
  seen += good.length;
  const poison: DynamoDBRecord = {
    eventID: 'x',
    dynamodb: { SequenceNumber: '5', Keys: { pk: { S: 'POST#x' }, sk: { S: '?' } } },
  };

  const { batchItemFailures } = await publishRecords(world.press(), [...good.slice(0, 2), poison, ...good.slice(2)]);

  expect(batchItemFailures).toEqual([{ itemIdentifier: '5' }]);
  expect((await page('poison/index.html')).text).toContain('still published');
});

test('an approval that died before its seat is completed from the record, and its writer is known', async () => {
  const post = await publishedPost(world.table, 'completed');
  const words = said(post, 'promised a seat', { person: 'promised' });
  await hold(world.table, words, 'pending');
  const putIfAbsent: Table['putIfAbsent'] = (key, item) =>
    key.sk.startsWith('C#') ? Promise.reject(new Error('died')) : world.table.putIfAbsent(key, item);
  const dying = { ...world.table, putIfAbsent };
  await expect(move(dying, words.id, approve)).rejects.toThrow('died');

  await publishNews();

  expect((await page('completed/comments/1/index.html')).text).toContain('promised a seat');
  expect(await isTrusted(world.table, 'promised', words.reader)).toBe(true);
});

test('a scheduled article appears when its hour has come, and not before', async () => {
  const later = '2026-11-23T09:00:00.000Z';
  const draft = await createPost(world.table, 'tomorrow', content({ title: 'Tomorrow' }), NOW);
  await publishPost(world.table, draft, later, NOW);
  await runSchedule(world.table, NOW);
  await publishNews();
  const before = (await world.files())['tomorrow/index.html'];

  await runSchedule(world.table, new Date(later));
  await publishNews();

  expect(before).toBeUndefined();
  expect((await page('tomorrow/index.html')).querySelector('h1')?.text).toBe('Tomorrow');
});

test('an article says how many years ago it was, and is made anew on the day the year turns', async () => {
  const post = await createPost(world.table, 'old', content({ title: 'Old' }), NOW);
  await publishPost(world.table, post, '2020-11-24T10:00:00.000Z', NOW);
  await publishNews();
  const before = (await page('old/index.html')).text;
  const day = new Date('2026-11-24T00:05:00.000Z');

  await runSchedule(world.table, day);
  const touched = (await world.records()).slice(seen);
  seen += touched.length;
  await publishRecords(world.press({ now: () => day }), touched);

  expect(before).toContain('5 years ago');
  expect((await page('old/index.html')).text).toContain('6 years ago');
});

test('an article that grew too old takes no more comments, from the next rebuild on', async () => {
  await publishPost(
    world.table,
    await createPost(world.table, 'ripe', content({ title: 'Ripe' }), NOW),
    NOW.toISOString(),
    NOW,
  );
  await publishNews();
  const form = async () => (await page('ripe/index.html')).querySelector('form') !== null;
  const rebuild = async (iso: string) => {
    const press = world.press({ closeAfterDays: 14, now: () => new Date(iso) });
    for await (const _ of republish(press, { fresh: true }));
    return form();
  };

  expect(await form()).toBe(true);
  expect(await rebuild('2026-12-05T23:59:59.999Z')).toBe(true);
  expect(await rebuild('2026-12-06T00:00:00.000Z')).toBe(false);
});

test('an author who is described anew is so on every one of their pages', async () => {
  await describeAuthor(world.table, 'ada-byrne', { bio: 'Keeps the chairs.', links: [] });

  await publishNews();

  const pages = ['plain/index.html', 'roots/index.html', 'author/ada-byrne/index.html'];
  for (const key of pages) expect((await page(key)).text).toContain('Keeps the chairs.');
});

test('a title changes on every page of the conversation', async () => {
  const post = await findPost(world.table, 'roots');
  if (!post) throw new Error('no post');

  await revisePost(world.table, post, content({ title: 'Renamed' }), NOW);
  await publishNews();

  for (const key of ['index', 'comments/1/index', 'comments/2/index']) {
    expect((await page(`roots/${key}.html`)).text).toContain('Renamed');
  }
});

test('archive pages are numbered from the oldest, and the front shows the newest ten to nineteen', async () => {
  await using archive = await openWorld();
  for (let i = 1; i <= 25; i++) await publishedPost(archive.table, `post-${i}`, { title: `Post ${i}` });
  await publishRecords(archive.press(), await archive.records());
  const files = await archive.files();
  const titles = (key: string) =>
    parse(files[key] ?? '')
      .querySelectorAll('.h-entry h2')
      .map((h2) => Number(h2.text.replace('Post ', '')));

  expect(titles('page/1/index.html').toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(titles('page/3/index.html')).toHaveLength(5);
  expect(titles('index.html')).toHaveLength(15);
  const before = files['page/1/index.html'];
  expect(files['page/2/index.html']).toContain('href="/page/3/"');
  await publishedPost(archive.table, 'post-26', { title: 'Post 26' });
  const news = await archive.records();
  const pages = (
    await Promise.all(news.slice(-2).map((record) => affected(archive.press(), readRecord(record))))
  ).flat();
  await publishRecords(archive.press(), news);

  expect((await archive.files())['page/1/index.html']).toBe(before);
  expect(pages).not.toContainEqual({ kind: 'list', list: 'all', page: 1 });
});

test('lists of more than two pages, and a place that nobody stands on, are the bytes of a full rebuild', async () => {
  await using archive = await openWorld();
  for (let i = 1; i <= 10; i++) await publishedPost(archive.table, `post-${i}`);
  await takePlace(archive.table, 'all', 'nobody');
  for (let i = 12; i <= 23; i++) {
    await publishedPost(archive.table, `post-${i}`);
    await publishRecords(archive.press(), (await archive.records()).slice(-6));
  }
  await publishRecords(archive.press(), await archive.records());
  const { store, files } = await archive.freshStore();

  for await (const _ of republish(archive.press({ store })));

  const { '404.html': _, ...rebuilt } = await files();
  expect(await archive.files()).toEqual(rebuilt);
});

test('a rebuild that was stopped goes on where it was, and starts over under other settings', async () => {
  await using half = await openWorld();
  for (let i = 1; i <= 4; i++) await publishedPost(half.table, `post-${i}`);
  const first = republish(half.press());
  await first.next();
  await first.return(undefined);
  const goesOn = [];
  for await (const { posts } of republish(half.press())) goesOn.push(posts);
  const again = republish(half.press());
  await again.next();
  await again.return(undefined);
  const site = { ...half.press().site, title: 'Renamed' };

  for await (const _ of republish(half.press({ site })));

  const pages = Object.entries(await half.files());
  expect(goesOn[0]).toBe(2);
  for (const [key, page] of pages) expect(page, key).toContain('Renamed');
});

test('a rebuild that a version with other templates or rules has begun is begun anew', async () => {
  await using half = await openWorld();
  for (let i = 1; i <= 3; i++) await publishedPost(half.table, `post-${i}`);
  const before = republish(half.press());
  await before.next();
  await before.return(undefined);
  const cursor = await readJob<{ build: string }>(half.table, 'republish');
  await saveJob(half.table, 'republish', { ...cursor, build: 'of another version' });

  const { value } = await republish(half.press()).next();

  expect(cursor?.build).toMatch(/^[\w-]{16}$/);
  expect(value).toMatchObject({ posts: 1 });
});

test('an article that readers have cannot be put off, and one that was withdrawn can, its pages gone', async () => {
  const post = await publishedPost(world.table, 'put-off');
  await seat(world.table, said(post, 'public words'));
  await publishNews();
  const later = '2027-01-01T00:00:00.000Z';

  await expect(publishPost(world.table, post, later, NOW)).rejects.toThrow('post.invalid');
  await publishPost(world.table, await withdrawPost(world.table, post), later, NOW);
  await publishNews();

  for (const key of ['put-off/index.html', 'put-off/comments/1/index.html']) {
    expect((await page(key)).text).not.toContain('public words');
  }
});
