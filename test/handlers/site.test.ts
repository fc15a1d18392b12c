import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressHash } from '../../functions/domain/identity.ts';
import { readKeys } from '../../functions/keys.ts';
import { runSchedule } from '../../functions/schedule.ts';
import { nameAuthor, nameTerm } from '../../functions/table/authors.ts';
import { findAddress } from '../../functions/table/people.ts';
import { closePost, findPost } from '../../functions/table/posts.ts';
import { content, publishedPost } from '../support/content.ts';
import { bodyOf, filled, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let token: string;

beforeAll(async () => {
  stack = await openStack({ site: { address: 'https://blog.example.org' } });
  token = await stack.tokenOf({ groups: ['author'] });
});
afterEach(() => stack.drain());
afterAll(() => stack[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown, bearer = token) =>
  stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, origin: 'https://blog.example.org', authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const get = async (path: string) => bodyOf(await call('GET', path));
const put = (path: string, body: unknown, bearer?: string) => call('PUT', path, body, bearer);

/** What is there now, changed. */
async function change(over: object) {
  const { address, ...site } = await get('/site');
  return put('/site', { ...site, ...over });
}

/** As the minute does it. */
async function minute() {
  await stack.drain();
  await runSchedule(stack.table, new Date());
  await stack.drain();
}

const text = async (path: string) => (await stack.page(path)).text;

describe('the site', () => {
  test('is what the settings say until an author changes it', async () => {
    expect(await get('/site')).toMatchObject({ title: 'Stoa', address: 'https://blog.example.org' });
  });

  test('changes on the front page at once, and on every page within the next minute', async () => {
    const post = await publishedPost(stack.table, 'everywhere');
    const sent = bodyOf(await stack.json(post.slug, filled()));
    await stack.moderate(sent.id, 'approved');
    await stack.drain();
    const before = await stack.stored();

    const answer = await change({ title: 'The porch', menu: [{ label: 'About', href: '/about/' }] });

    expect(answer.status).toBe(200);
    await stack.drain();
    expect(await text('/')).toContain('The porch');
    expect(await text('/feed.xml')).toContain('The porch');
    expect(await text('/no-such-page/')).toContain('The porch');
    await minute();
    for (const path of [`/${post.slug}/`, `/${post.slug}/comments/1/`, '/page/1/', '/author/ada-byrne/']) {
      expect(await text(path)).toContain('The porch');
      expect(await text(path)).toContain('href="/about/"');
    }
    expect(Object.keys(await stack.stored()).filter((key) => !(key in before))).toEqual(['SITE SITE']);
  });

  test('is named by what functions answer as well', async () => {
    await change({ title: 'The back porch' });

    const problem = await text('/api/posts/nothing-here/reply?to=1-1');
    expect(problem).toContain('The back porch');
    expect(await text('/api/comments/received')).toContain('The back porch');
  });

  test('is not written over by somebody who read it before another change', async () => {
    const { address, ...read } = await get('/site');
    await put('/site', { ...read, owner: 'Ada' });

    const late = await put('/site', { ...read, owner: 'Tom' });

    expect(late.status).toBe(409);
    expect(bodyOf(late)).toMatchObject({ code: 'site.conflict', current: { owner: 'Ada' } });
    expect(await get('/site')).toMatchObject({ owner: 'Ada', ver: read.ver + 1 });
  });

  test('may be sent again where the answer was lost, and so may an author and a category', async () => {
    const { address, ...read } = await get('/site');
    const sent = [
      ['/site', { ...read, owner: 'Sent twice' }],
      ['/authors/twice', { name: 'Twice', bio: 'Once more.', links: [], ver: 0 }],
      ['/categories/twice', { name: 'Twice', ver: 0 }],
    ] as const;
    const first = await Promise.all(sent.map(([path, body]) => put(path, body)));

    const again = await Promise.all(sent.map(([path, body]) => put(path, body)));

    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(again.map(bodyOf)).toEqual(first.map(bodyOf));
  });

  test.for([
    ['a menu of nine', { menu: Array.from({ length: 9 }, () => ({ label: 'One', href: '/' })) }],
    ['a link that runs a script', { footer: [{ label: 'One', href: 'javascript:alert(1)' }] }],
    ['no name', { title: ' ' }],
  ] as const)('is not changed by %s', async ([, over]) => {
    const answer = await change(over);

    expect(answer.status).toBe(422);
    expect(Object.keys(bodyOf(answer).fields)).not.toEqual([]);
  });

  test.for([
    ['GET', '/site'],
    ['PUT', '/site'],
    ['GET', '/authors'],
    ['PUT', '/authors/ada-byrne'],
    ['GET', '/categories'],
    ['PUT', '/categories/rooms'],
  ] as const)('%s %s is for authors alone', async ([method, path]) => {
    const moderator = await stack.tokenOf({ groups: ['moderator'] });
    const words: Record<string, object> = { '/site': { ver: 0 }, '/categories/rooms': { name: 'R', ver: 0 } };
    const body = method === 'PUT' ? (words[path] ?? { name: 'A', ver: 0 }) : undefined;

    const answer = await call(method, path, body, moderator);

    // The distribution answers every 403 so, and tells nobody what is there.
    expect(answer.status).toBe(404);
  });
});

describe('an author', () => {
  test('has a card that every one of their pages shows, and an address that nobody is shown', async () => {
    const post = await publishedPost(stack.table, 'card');
    const { ver } = (await get('/authors')).authors.find(({ slug }: { slug: string }) => slug === 'ada-byrne');
    const words = { name: 'Ada Byrne', bio: 'Keeps the chairs.', links: [], email: 'ada@example.org', ver };

    const answer = await put('/authors/ada-byrne', words);

    expect(bodyOf(answer)).toEqual({
      slug: 'ada-byrne',
      name: 'Ada Byrne',
      bio: 'Keeps the chairs.',
      links: [],
      ver: ver + 1,
    });
    await stack.drain();
    expect(await text(`/${post.slug}/`)).toContain('Keeps the chairs.');
    const hash = addressHash(readKeys().identityKey, 'ada@example.org');
    expect(await findAddress(stack.table, hash)).toMatchObject({ author: 'ada-byrne' });
  });

  test('goes by another name on every article and list, and whoever types it means the same author', async () => {
    const author = { slug: 'tom-reed', name: 'Tom Reed' };
    await nameAuthor(stack.table, author.slug, author.name);
    const post = await publishedPost(stack.table, 'renamed-author', content({ author }));

    await put('/authors/tom-reed', { name: 'Thomas Quill', ver: 1 });
    await minute();

    for (const path of [`/${post.slug}/`, '/', '/author/tom-reed/', '/feed.xml']) {
      expect(await text(path)).toContain('Thomas Quill');
      expect(await text(path)).not.toContain('Tom Reed');
    }
    const draft = await call('POST', '/posts', { title: 'Another by him', author: 'Thomas Quill', source: 'Words.' });
    expect(bodyOf(draft).author).toEqual({ slug: 'tom-reed', name: 'Thomas Quill' });
  });

  test('cannot take the name of another, nor change what somebody else changed', async () => {
    await put('/authors/mary-one', { name: 'Mary One', ver: 0 });
    await put('/authors/mary-two', { name: 'Mary Two', ver: 0 });

    const taken = await put('/authors/mary-two', { name: 'Mary One', ver: 1 });
    const late = await put('/authors/mary-two', { name: 'Mary Three', ver: 0 });

    expect(bodyOf(taken)).toMatchObject({ status: 422, fields: { name: 'is, or was, the name of another author' } });
    expect(bodyOf(late)).toMatchObject({ status: 409, code: 'site.conflict', current: { name: 'Mary Two' } });
  });
});

describe('a category', () => {
  test('goes by another name on every article and list', async () => {
    await nameTerm(stack.table, 'doors', 'Doors');
    const post = await publishedPost(stack.table, 'behind', content({ category: { slug: 'doors', name: 'Doors' } }));

    const answer = await put('/categories/doors', { name: 'Gates', ver: 1 });
    await minute();

    expect(bodyOf(answer)).toEqual({ slug: 'doors', name: 'Gates', ver: 2 });
    for (const path of [`/${post.slug}/`, '/category/doors/']) expect(await text(path)).toContain('Gates');
    const draft = await call('POST', '/posts', {
      title: 'More',
      author: 'Ada Byrne',
      category: 'Gates',
      source: 'Words.',
    });
    expect(bodyOf(draft).category).toEqual({ slug: 'doors', name: 'Gates' });
  });

  test('is listed by slug, a page at a time', async () => {
    for (let n = 10; n < 65; n++) await nameTerm(stack.table, `many-${n}`, `Many ${n}`);

    const first = await get('/categories');
    const second = await get(`/categories?cursor=${first.next}`);

    const slugs = [...first.categories, ...second.categories].map(({ slug }: { slug: string }) => slug);
    expect(first.categories).toHaveLength(50);
    expect(second.next).toBeNull();
    expect(slugs).toEqual([...new Set(slugs)].toSorted());
    expect(slugs.filter((slug) => slug.startsWith('many-'))).toHaveLength(55);
  });
});

test('a name reaches an article that somebody changed meanwhile', async () => {
  await nameTerm(stack.table, 'walls', 'Walls');
  const category = { slug: 'walls', name: 'Walls' };
  const post = await publishedPost(stack.table, 'meanwhile', content({ category }));
  await put('/categories/walls', { name: 'Hedges', ver: 1 });
  await stack.drain();

  await Promise.all([runSchedule(stack.table, new Date()), closePost(stack.table, post, true).catch(() => null)]);

  expect((await findPost(stack.table, post.slug))?.category?.name).toBe('Hedges');
});
