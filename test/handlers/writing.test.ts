import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveAccount } from '../../functions/table/accounts.ts';
import { createPost, publishPost } from '../../functions/table/posts.ts';
import { content } from '../support/content.ts';
import { bodyOf, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let token: string;
let other: string;
let slug: string;
let articles = 0;

beforeAll(async () => {
  stack = await openStack();
  token = await stack.authorToken();
  other = await stack.tokenOf({ groups: ['author'] });
});
beforeEach(() => {
  slug = `piece-${++articles}`;
});
afterAll(() => stack[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: unknown, bearer = token) => {
  const answer = await stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { http: answer.status, ...bodyOf(answer) };
};

const article = (over: object = {}) => ({
  title: 'A chair too few',
  slug,
  author: 'Ada Byrne',
  source: 'We set out *nine* chairs.',
  ...over,
});

const created = (over: object = {}) => call('POST', '/posts', article(over));

describe('the list of articles', () => {
  beforeAll(async () => {
    const at = (minute: number) => new Date(Date.UTC(2025, 0, 1, 0, minute));
    for (let i = 0; i < 260; i++) {
      const title = i % 100 === 0 ? `Ümläut und Räume ${i}` : `Filler ${i}`;
      await createPost(stack.table, `filler-${i}`, content({ title, tags: [] }), at(i));
    }
    for (const [kind, name] of [
      ['post', 'a-room'],
      ['page', 'about-rooms'],
    ] as const) {
      const made = await createPost(stack.table, name, content({ title: `On räume, ${kind}` }), at(0), { kind });
      await publishPost(stack.table, made, null, at(1));
    }
  }, 120_000);

  const all = async (query: string) => {
    const pages: { posts: { title: string }[]; next: string | null }[] = [];
    let cursor = '';
    do {
      const page = await call('GET', `/posts?${query}${cursor && `&cursor=${cursor}`}`);
      expect(page.http).toBe(200);
      pages.push(page as never);
      cursor = page.next ?? '';
    } while (cursor);
    return { pages: pages.length, titles: pages.flatMap(({ posts }) => posts.map(({ title }) => title)) };
  };

  test('finds words of a title in any form, a bounded stretch of the archive at a time', async () => {
    const found = await all('status=draft&q=r%C3%84ume%20U%CC%88ml');

    expect(found.titles).toEqual(['Ümläut und Räume 200', 'Ümläut und Räume 100', 'Ümläut und Räume 0']);
    expect(found.pages).toBe(2);
  });

  test('of any status goes through one status after the other, and misses none', async () => {
    const found = await all('status=any');

    expect(found.titles).toHaveLength(261);
    expect(new Set(found.titles)).toHaveProperty('size', 261);
    expect((await all('status=any&q=räume'.replace('ä', '%C3%A4'))).titles.at(-1)).toBe('On räume, post');
  });

  test('keeps pages apart from articles', async () => {
    expect((await all('kind=page')).titles).toEqual(['On räume, page']);
    expect((await all('')).titles).toEqual(['On räume, post']);
  });

  test.each(['kind=both', 'status=all', 'cursor=x', 'cursor=draft.x', 'status=published&cursor=draft.'])(
    'refuses %s',
    async (query) => {
      expect(await call('GET', `/posts?${query}`)).toMatchObject({ http: 400, code: 'query.invalid' });
    },
  );
});

describe('the history of an article', () => {
  test('has every revision with who wrote it and when, and each can be read and restored', async () => {
    const { id, ver } = await created({ source: 'One.' });
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    const two = await call(
      'PUT',
      `/posts/${id}`,
      { ...article({ source: 'Two.', title: 'Second' }), ver, autosave: true },
      other,
    );

    const { revisions, next } = await call('GET', `/posts/${id}/revisions`);
    const first = await call('GET', `/posts/${id}/revisions/1`);
    const restored = await call('PUT', `/posts/${id}`, {
      ...article({ source: first.source, title: first.title }),
      ver: two.ver,
    });

    expect(next).toBe(null);
    expect(revisions).toMatchObject([
      { rev: 2, title: 'Second', autosave: true, by: { account: 'somebody-else', name: 'Ada Byrne' } },
      { rev: 1, title: 'A chair too few', autosave: false, by: { name: null } },
    ]);
    expect(revisions[0].at >= revisions[1].at).toBe(true);
    expect(first).toMatchObject({ rev: 1, source: 'One.', author: { slug: 'ada-byrne', name: 'Ada Byrne' }, tags: [] });
    expect(restored).toMatchObject({ http: 200, rev: 3, source: 'One.', title: 'A chair too few' });
  });

  test('is read a page at a time', async () => {
    let { id, ver } = await created();
    for (let i = 0; i < 25; i++)
      ({ ver } = await call('PUT', `/posts/${id}`, { ...article({ source: `Try ${i}` }), ver }));

    const newest = await call('GET', `/posts/${id}/revisions`);
    const oldest = await call('GET', `/posts/${id}/revisions?cursor=${newest.next}`);

    const revs = [newest, oldest].flatMap(({ revisions }) => revisions.map(({ rev }: { rev: number }) => rev));
    expect(revs).toEqual(Array.from({ length: 26 }, (_, i) => 26 - i));
    expect([newest.revisions.length, oldest.next]).toEqual([20, null]);
  });

  test.each(['0', '2', 'x', '1e9', '-1'])('has no revision %s of an article that has one', async (rev) => {
    const { id } = await created();

    expect([400, 404]).toContain((await call('GET', `/posts/${id}/revisions/${rev}`)).http);
  });
});

test('two authors edit the same article: the second is told what is there, by whom, and loses no word', async () => {
  const { id, ver } = await created();
  await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
  await call('PUT', `/posts/${id}`, { ...article({ source: 'Theirs.' }), ver }, other);

  const late = await call('PUT', `/posts/${id}`, { ...article({ source: 'Mine.' }), ver });

  expect(late).toMatchObject({
    http: 409,
    code: 'post.conflict',
    current: { ver: ver + 1, rev: 2, at: expect.any(String), by: { account: 'somebody-else', name: 'Ada Byrne' } },
  });
  const merged = await call('PUT', `/posts/${id}`, {
    ...article({ source: 'Theirs.\n\nMine.' }),
    ver: late.current.ver,
  });
  expect(merged).toMatchObject({ http: 200, rev: 3 });
});

test('of ten revisions made of the same one at once, one is taken and nine are told', async () => {
  const { id, ver } = await created();

  const sent = await Promise.all(
    Array.from({ length: 10 }, (_, i) => call('PUT', `/posts/${id}`, { ...article({ source: `Try ${i}` }), ver })),
  );

  const statuses = sent.map(({ http }) => http).toSorted();
  expect(statuses).toEqual([200, ...Array(9).fill(409)]);
  const winner = sent.find(({ http }) => http === 200);
  expect((await call('GET', `/posts/${id}`)).source).toBe(winner?.source);
});

test('publishing names what was read: words that came in between are not published unseen', async () => {
  const { id, ver } = await created();
  await call('PUT', `/posts/${id}`, { ...article({ source: 'Not yet!' }), ver }, other);

  const sent = await call('PUT', `/posts/${id}/publication`, { ver });

  expect(sent).toMatchObject({ http: 409, current: { rev: 2 } });
  expect((await call('GET', `/posts/${id}`)).status).toBe('draft');
});

test('a schedule that is called off leaves a draft, with no page that says it is gone', async () => {
  const { id } = await created();
  await call('PUT', `/posts/${id}/publication`, { date: '2099-01-02T03:04:05Z' });

  const sent = await call('DELETE', `/posts/${id}/publication`);
  await stack.drain();

  expect(sent).toMatchObject({ status: 'draft', date: null });
  expect(await stack.server.platform.bucket.get(`${slug}/index.html`)).toBeUndefined();
});

test('an article of a quarter of a megabyte is taken, and a larger one refused with the limit', async () => {
  const whole = await created({ source: `${'"\n'.repeat(131_000)}` });
  const over = await stack.send('/api/admin/posts', {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
    body: JSON.stringify(article({ source: 'a'.repeat(600_000) })),
  });

  expect(whole.status).toBe('draft');
  expect([over.status, over.text]).toEqual([413, 'The request is larger than 524288 bytes.\n']);
});

describe('the state of a slug', () => {
  const state = (wanted: string, post = '') => call('GET', `/slugs?wanted=${encodeURIComponent(wanted)}&post=${post}`);

  test('is known at once, with another one where it is taken', async () => {
    const { id } = await created();

    expect(await state(slug)).toMatchObject({ slug, state: 'taken', suggestion: `${slug}-2` });
    expect(await state(slug, id)).toMatchObject({ state: 'own', suggestion: null });
    expect(await state(`A new  ${slug}!`)).toMatchObject({ slug: `a-new-${slug}`, state: 'free', suggestion: null });
    expect(await state('Admin')).toMatchObject({ slug: 'admin', state: 'reserved', suggestion: 'admin-2' });
    expect(await state('道')).toMatchObject({ slug: '', state: 'invalid', suggestion: null });
    expect(await state('media')).toMatchObject({ state: 'reserved' });
  });
});

describe('a page such as About', () => {
  test('has no date, byline, list or form, and is read at its address', async () => {
    const { id } = await created({ kind: 'page', title: 'About this place', category: 'Rooms' });
    const sent = await call('PUT', `/posts/${id}/publication`, {});
    await stack.drain();

    const { status, document } = await stack.page(`/${slug}/`);
    const home = await stack.page('/');
    expect(sent).toMatchObject({ status: 'published', kind: 'page', closed: true });
    expect([status, document.querySelector('h1')?.text]).toEqual([200, 'About this place']);
    expect(document.querySelectorAll('time, form, .about, .by, #talk')).toEqual([]);
    expect(home.text).not.toContain('About this place');
    expect(bodyOf(await stack.send('/api/posts')).posts.map((post: { id: string }) => post.id)).not.toContain(id);
  });

  test('takes comments where its author opens it, and is gone once it is withdrawn', async () => {
    const { id, ver } = await created({ kind: 'page' });
    await call('PUT', `/posts/${id}`, { ...article(), ver, closed: false });
    await call('PUT', `/posts/${id}/publication`, {});
    await stack.drain();
    const open = await stack.page(`/${slug}/`);

    await call('DELETE', `/posts/${id}/publication`);
    await stack.drain();

    expect(open.document.querySelectorAll('form')).toHaveLength(1);
    expect((await stack.page(`/${slug}/`)).status).toBe(404);
  });
});
