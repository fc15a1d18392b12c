import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let token: string;

beforeAll(async () => {
  stack = await openStack({ site: { address: 'https://blog.example.org' } });
  token = await stack.tokenOf({ groups: ['author'] });
});
afterAll(() => stack[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, bearer = token) =>
  stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const call = async (method: string, path: string, body?: unknown) => {
  const answer = await ask(method, path, body);
  return { http: answer.status, ...bodyOf(answer) };
};

const article = { title: 'A chair too few', slug: 'a-chair', author: 'Ada Byrne', source: 'We set out *nine* chairs.' };

async function siteNow() {
  const { http: _, address: __, ...words } = await call('GET', '/site');
  return words;
}

/** As the authors' room reads it. */
async function cardOf(name: string) {
  const { authors } = await call('GET', `/authors?${new URLSearchParams({ name })}`);
  return authors.map(({ ver: _, ...card }: { ver: number }) => card)[0] ?? null;
}

const preview = async (words: Partial<typeof article>, over: object = {}) =>
  call('POST', '/previews', {
    ...words,
    site: await siteNow(),
    card: words.author ? await cardOf(words.author) : null,
    ...over,
  });

test('a preview is the page of what was sent, and is stored nowhere', async () => {
  const before = await stack.stored();

  const { html, http } = await preview({ ...article, source: 'Hello *there*.\n\n<script>1</script>' });

  expect(http).toBe(200);
  expect(html).toMatch(/^<!doctype html><html lang="en"/);
  expect(html).toContain('Hello <em>there</em>.');
  expect(html).not.toContain('<script>1');
  expect(await stack.stored()).toEqual(before);
});

test('it comes of whatever stands in the editor', async () => {
  expect(await preview({})).toMatchObject({ http: 200, html: expect.stringContaining('Untitled') });
});

describe('once published, it is that page but for the date and the stamp', () => {
  const bare = (html: string) => html.replace(/data-state="[^"]*"/, '').replace(/<time.*?<\/time>/, '');

  async function published(words: typeof article): Promise<string> {
    const { id, http } = await call('POST', '/posts', words);
    expect(http).toBe(201);
    await call('PUT', `/posts/${id}/publication`, {});
    await stack.drain();
    return (await stack.page(`/${words.slug}/`)).text;
  }

  test('by somebody new, on a site that nobody changed', async () => {
    const { html } = await preview(article);

    expect(bare(html)).toBe(bare(await published(article)));
  });

  test('with the words that the site was given since, and the card of its author under another name', async () => {
    const named = { ...article, slug: 'a-table', author: 'Odile Brandt' };
    const [link] = [{ label: 'Elsewhere', href: 'https://odile.example/' }];
    const card = { name: 'Odile Brandt-Weil', bio: 'Builds <tables>.', links: [link], ver: 0 };
    expect((await call('PUT', '/authors/odile-brandt', card)).http).toBe(200);
    expect((await call('PUT', '/site', { ...(await siteNow()), title: 'The porch & stairs', menu: [link] })).http).toBe(
      200,
    );

    const { html } = await preview(named);

    expect(html).toContain('Builds &lt;tables>.');
    expect(html).toContain('The porch &amp; stairs');
    expect(html).toContain('https://blog.example.org/a-table/');
    expect(bare(html)).toBe(bare(await published(named)));
  });
});

describe('an author is found by name', () => {
  const found = async (name: string) =>
    (await call('GET', `/authors?${new URLSearchParams({ name })}`)).authors.map(({ slug }: { slug: string }) => slug);

  test('the one of today, one from before, however it is spelled; nobody else', async () => {
    const words = { bio: '', links: [] };
    await call('PUT', '/authors/lena-ruiz', { name: 'Lena Ruiz', ...words, ver: 0 });
    await call('PUT', '/authors/lena-ruiz', { name: 'Lena Ruiz Ortega', ...words, ver: 1 });

    expect(await found('Lena Ruiz Ortega')).toEqual(['lena-ruiz']);
    expect(await found(' lena  ruiz')).toEqual(['lena-ruiz']);
    expect(await found('Lena')).toEqual([]);
    expect(await found('')).toEqual([]);
    expect(await found('道'.repeat(500))).toEqual([]);
  });
});

describe('what could not be saved is in no preview either', () => {
  const link = { label: 'x', href: 'javascript:alert(1)' };

  test.each<[string, () => Promise<object>]>([
    ['a menu that runs something', async () => ({ site: { ...(await siteNow()), menu: [link] } })],
    ['a site without a name', async () => ({ site: { ...(await siteNow()), title: '' } })],
    ['more of a site than there is', async () => ({ site: { ...(await siteNow()), asks: 'nobody' } })],
    ['a card that leads elsewhere', async () => ({ card: { slug: '../a', name: 'A', bio: '', links: [] } })],
  ])('%s', async (_, over) => {
    expect(await preview(article, await over())).toMatchObject({ http: 422, code: 'input.invalid' });
  });

  test('nor is a link that runs something, whoever let it into a card', async () => {
    const card = {
      slug: 'a',
      name: 'A',
      bio: 'x'.repeat(501),
      links: [link, { label: 'y', href: 'https://y.example/' }],
    };

    const { html } = await preview(article, { card });

    expect(html).toContain(card.bio);
    expect(html).toContain('https://y.example/');
    expect(html).not.toContain('javascript:');
  });

  test('without a site and a card it is a page of the settings', async () => {
    expect((await preview(article, { site: undefined, card: undefined })).html).toContain('<title>');
  });

  test('nor is there one for somebody who is no author', async () => {
    const moderator = await stack.tokenOf({ groups: ['moderator'] });
    const body = { site: await siteNow(), card: null };

    // The distribution answers every 403 so.
    expect((await ask('POST', '/previews', body, moderator)).status).toBe(404);
  });
});
