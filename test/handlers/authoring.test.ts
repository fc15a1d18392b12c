import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runSchedule } from '../../functions/schedule.ts';
import { bodyOf, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let token: string;
let slug: string;
let articles = 0;

beforeAll(async () => {
  stack = await openStack();
  token = await stack.authorToken();
});
beforeEach(() => {
  slug = `article-${++articles}`;
});
afterAll(() => stack[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown, bearer: string | null = token) =>
  stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

const article = (over: object = {}) => ({
  title: 'A chair too few',
  slug,
  author: 'Ada Byrne',
  category: 'Rooms',
  tags: ['chairs'],
  source: 'We set out *nine* chairs.',
  ...over,
});

const created = async (over: object = {}) => bodyOf(await call('POST', '/posts', article(over)));
const published = async (over: object = {}) =>
  bodyOf(await call('PUT', `/posts/${(await created(over)).id}/publication`, {}));

/** A Chinese character for any other. */
const han = (text: string) => String.fromCodePoint(0x4e00 + ((text.codePointAt(0) ?? 0) % 20_000));

/** Every text in the bucket that is one. */
async function bucketText(): Promise<string> {
  const { bucket } = stack.server.platform;
  const objects = await Promise.all((await bucket.list()).map(({ key }) => bucket.get(key)));
  return objects.map((object) => object?.body.toString() ?? '').join('\n');
}

describe('an author', () => {
  test('creates a draft, which nobody else sees', async () => {
    const sent = await call('POST', '/posts', article({ title: '  A chair\n too   few ' }));
    await stack.drain();

    const seen = await Promise.all([stack.page(`/${slug}/`), stack.page(`/api/posts/${slug}`)]);
    expect(sent.status).toBe(201);
    expect(bodyOf(sent)).toEqual({
      id: expect.any(String),
      kind: 'post',
      slug,
      formerly: [],
      title: 'A chair too few',
      excerpt: 'We set out nine chairs.',
      author: { name: 'Ada Byrne', slug: 'ada-byrne' },
      category: { name: 'Rooms', slug: 'rooms' },
      tags: ['chairs'],
      status: 'draft',
      date: null,
      updated: null,
      closed: false,
      pins: [],
      rev: 1,
      ver: 1,
      ownExcerpt: false,
      source: 'We set out *nine* chairs.',
    });
    expect(seen.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('publishes it, and everybody reads it', async () => {
    const { id } = await created();

    const sent = await call('PUT', `/posts/${id}/publication`, {});
    await stack.drain();

    const { status, document } = await stack.page(`/${slug}/`);
    expect([sent.status, bodyOf(sent).status]).toEqual([200, 'published']);
    expect([status, document.querySelector('h1')?.text]).toEqual([200, 'A chair too few']);
  });

  test('revises it, and the page says the new words', async () => {
    const { id, ver } = await published();

    const sent = await call('PUT', `/posts/${id}`, { ...article({ source: 'We set out *ten*.' }), ver });
    await stack.drain();

    const { document } = await stack.page(`/${slug}/`);
    expect(bodyOf(sent)).toMatchObject({ ver: ver + 1, source: 'We set out *ten*.', updated: expect.any(String) });
    expect(document.querySelector('.e-content')?.innerHTML.trim()).toBe('<p>We set out <em>ten</em>.</p>');
  });

  test('is told what to do with an article that becomes more HTML than is kept, and nothing of it is', async () => {
    const address = (n: number) =>
      `https://a.b/${createHash('sha256').update(`${n}`).digest().toString('utf16le').replace(/./gu, han)} `;
    const { id, ver } = await created();
    const before = await stack.stored();
    const source = Array.from({ length: 3_500 }, (_, n) => address(n)).join('');

    const [first, again] = [
      await call('POST', '/posts', article({ slug: `${slug}-too`, source })),
      await call('PUT', `/posts/${id}`, { ...article({ source }), ver }),
    ];

    for (const sent of [first, again]) {
      expect([sent.status, bodyOf(sent).code]).toEqual([422, 'post.invalid']);
      expect(bodyOf(sent).detail).toContain('make two articles of it');
    }
    expect(await stack.stored()).toEqual(before);
  });

  test('cannot write over what another changed since', async () => {
    const { id, ver } = await created();
    await call('PUT', `/posts/${id}`, { ...article({ source: 'Mine.' }), ver });
    const before = await stack.stored();

    const stale = await call('PUT', `/posts/${id}`, { ...article({ source: 'Theirs.' }), ver });

    expect([stale.status, bodyOf(stale).code]).toEqual([409, 'post.conflict']);
    expect(await stack.stored()).toEqual(before);
  });

  test('ends a conversation, and opens it again', async () => {
    const { id, ver } = await published();
    const closed = bodyOf(await call('PUT', `/posts/${id}`, { ...article(), ver, closed: true }));
    await stack.drain();
    const without = await stack.page(`/${slug}/`);

    await call('PUT', `/posts/${id}`, { ...article(), ver: closed.ver, closed: false });
    await stack.drain();

    const again = await stack.page(`/${slug}/`);
    expect(closed.closed).toBe(true);
    expect([without, again].map(({ document }) => document.querySelectorAll('form').length)).toEqual([0, 1]);
  });

  test('withdraws it: the page is gone, and its text is nowhere in the bucket', async () => {
    const { id } = await published({ source: 'A canary sings.', title: 'Canaries' });
    await stack.drain();
    const before = await bucketText();

    const sent = await call('DELETE', `/posts/${id}/publication`);
    await stack.drain();

    const after = await bucketText();
    const page = await stack.page(`/${slug}/`);
    expect(before).toContain('A canary sings.');
    expect([sent.status, bodyOf(sent).status, page.status]).toEqual([200, 'withdrawn', 404]);
    expect(after).not.toContain('A canary sings.');
    expect(after).not.toContain('Canaries');
  });

  test('publishes again what was withdrawn, under its first date', async () => {
    const { id, date } = await published();
    await call('DELETE', `/posts/${id}/publication`);

    const again = bodyOf(await call('PUT', `/posts/${id}/publication`, {}));
    await stack.drain();

    expect([again.status, again.date]).toEqual(['published', date]);
    expect((await stack.page(`/${slug}/`)).status).toBe(200);
  });

  test('sees drafts, and each by its slug as well', async () => {
    const { id } = await created();

    const list = bodyOf(await call('GET', '/posts?status=draft'));
    const one = bodyOf(await call('GET', `/posts/${slug}`));

    expect(list.posts.map((post: { id: string }) => post.id)).toContain(id);
    expect(one).toMatchObject({ id, source: 'We set out *nine* chairs.' });
  });
});

describe('an article with a date to come', () => {
  test('is scheduled, seen by nobody, and published when the hour has come', async () => {
    const { id } = await created();
    // Not years ahead: each day that the schedule wakes to has its anniversaries to go through.
    const hour = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000);
    const elsewhere = new Date(hour.getTime() + 3_600_000).toISOString().replace('.000Z', '+01:00');
    const sent = bodyOf(await call('PUT', `/posts/${id}/publication`, { date: elsewhere }));
    await stack.drain();
    const before = await stack.page(`/${slug}/`);

    await runSchedule(stack.table, new Date(hour.getTime() - 1000));
    const early = bodyOf(await call('GET', `/posts/${id}`));
    await runSchedule(stack.table, hour);
    await stack.drain();

    const after = await stack.page(`/${slug}/`);
    expect([sent.status, sent.date]).toEqual(['scheduled', hour.toISOString()]);
    expect([before.status, early.status]).toEqual([404, 'scheduled']);
    expect(bodyOf(await call('GET', `/posts/${id}`))).toMatchObject({ status: 'published', date: sent.date });
    expect(after.status).toBe(200);
  });

  test.each(['tomorrow', '2099-01-02', '2099-13-01T00:00:00Z', '2099-01-02T03:04:05+01', 4_000_000_000, null])(
    'needs a date that is one: %s',
    async (date) => {
      const { id } = await created();

      const sent = await call('PUT', `/posts/${id}/publication`, { date });

      expect([sent.status, Object.keys(bodyOf(sent).fields)]).toEqual([422, ['date']]);
      expect(bodyOf(await call('GET', `/posts/${id}`)).status).toBe('draft');
    },
  );
});

describe('an article is refused, with the field and nothing stored:', () => {
  test.each([
    ['title', { title: ' ' }],
    ['title', { title: 'a'.repeat(201) }],
    ['title', { title: ['A'] }],
    ['source', { source: '\n' }],
    ['author', { author: undefined }],
    ['tags', { tags: Array.from({ length: 21 }, (_, i) => `tag ${i}`) }],
    ['tags.1', { tags: ['good', ''] }],
    ['status', { status: 'published' }],
    ['slug', { slug: 'Héllo' }],
    ['slug', { slug: '../x' }],
    ['slug', { slug: 'admin' }],
    ['slug', { slug: undefined, title: '道' }],
  ])('%s', async (field, over) => {
    const before = await stack.stored();

    const sent = await call('POST', '/posts', article({ author: 'Nobody Yet', ...over }));

    expect([sent.status, Object.keys(bodyOf(sent).fields)]).toEqual([422, [field]]);
    expect(await stack.stored()).toEqual(before);
  });

  test('slug, which another article has', async () => {
    await created();

    const sent = await call('POST', '/posts', article());

    expect([sent.status, bodyOf(sent).code, Object.keys(bodyOf(sent).fields)]).toEqual([409, 'slug.taken', ['slug']]);
  });

  test.each([
    ['{"title":', 400],
    ['[]', 400],
    ['{"__proto__":{}}', 422],
  ])('%s', async (body, status) => {
    expect((await call('POST', '/posts', body)).status).toBe(status);
  });

  test('ver, when it is not sent', async () => {
    const { id } = await created();

    const sent = await call('PUT', `/posts/${id}`, article());

    expect([sent.status, Object.keys(bodyOf(sent).fields)]).toEqual([422, ['ver']]);
  });
});

describe('an address of the admin API', () => {
  const routes = (id: string) =>
    [
      ['GET', '/posts'],
      ['POST', '/posts', article()],
      ['GET', `/posts/${id}`],
      ['PUT', `/posts/${id}`, { ...article(), ver: 1 }],
      ['PUT', `/posts/${id}/publication`, {}],
      ['DELETE', `/posts/${id}/publication`],
    ] as const;

  test.each([
    ['without a token', 401, async () => null],
    ['with words for a token', 401, async () => 'let-me-in'],
    ['with another’s signature', 401, async () => `${token.slice(0, -8)}AAAAAAAA`],
    ['without the scope', 404, () => stack.tokenOf({ groups: ['author'], scope: 'openid' })],
    ['without a group', 404, () => stack.tokenOf({ groups: [] })],
    ['in another group', 404, () => stack.tokenOf({ groups: ['moderator', 'co-author'] })],
  ])('is not open %s', async (_, status, bearer) => {
    const { id } = await created();
    slug = `another-${slug}`;
    const before = await stack.stored();
    const given = await bearer();

    const answers = await Promise.all(routes(id).map(([method, path, body]) => call(method, path, body, given)));

    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(status));
    expect(answers.map(({ text }) => text).join()).not.toContain('Ada Byrne');
    expect(await stack.stored()).toEqual(before);
  });

  test('is open to another account of the group', async () => {
    const sent = await call('GET', '/posts', undefined, await stack.tokenOf({ groups: ['author'] }));

    expect(sent.status).toBe(200);
  });

  test('of an article that is not there says so', async () => {
    const [, , ...ofOne] = routes('nothing');

    const answers = await Promise.all(ofOne.map(([method, path, body]) => call(method, path, body)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  test.each(['?status=all', '?cursor=e30', '?status=draft&status=published'])('%s is refused', async (query) => {
    const sent = await call('GET', `/posts${query}`);

    expect([sent.status, bodyOf(sent).code]).toEqual([400, 'query.invalid']);
  });
});

test('what an author writes runs nothing in a reader’s browser', async () => {
  const source = '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))';
  await published({ source, title: '<script>alert(2)</script>', author: '<b>Bo</b>', category: '"><i>' });
  await stack.drain();

  const { text } = await stack.page(`/${slug}/`);

  const page = parse(text);
  const inline = page.querySelectorAll('script').filter((script) => script.rawText !== '');
  expect([inline, page.querySelectorAll('[onerror], .e-content script, h1 *')]).toEqual([[], []]);
  expect(page.querySelectorAll('a').filter((link) => /^javascript/i.test(link.getAttribute('href') ?? ''))).toEqual([]);
});
