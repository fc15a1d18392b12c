import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commentAt, seat } from '../../functions/table/comments.ts';
import type { PostItem } from '../../functions/table/posts.ts';
import { publishedPost, said } from '../support/content.ts';
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
  slug = `moving-${++articles}`;
});
afterAll(() => stack[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: unknown, bearer = token) => {
  const answer = await stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isJson = answer.headers['content-type']?.includes('json');
  return { http: answer.status, ...(isJson ? bodyOf(answer) : {}) };
};

const rename = ({ id }: { id: string }, to: string, ver: number) => call('PUT', `/posts/${id}/slug`, { slug: to, ver });

/** Where an address leads, and with what status. */
async function leads(path: string): Promise<[number, string | undefined]> {
  const { status, headers } = await stack.send(path);
  return [status, headers.location];
}

describe('an article that is renamed', () => {
  test('is led to from each address it had, its conversation too, for ever', async () => {
    const post = await publishedPost(stack.table, slug);
    for (let i = 0; i < 17; i++) await seat(stack.table, said(post, `root ${i}`));
    await stack.drain();

    const second = await rename(post, `${slug}-b`, post.ver);
    const third = await rename(post, `${slug}-c`, second.ver);
    await stack.drain();

    expect(third).toMatchObject({ http: 200, slug: `${slug}-c`, formerly: [slug, `${slug}-b`] });
    for (const old of [slug, `${slug}-b`]) {
      expect(await leads(`/${old}/`)).toEqual([301, `/${slug}-c/`]);
      expect(await leads(`/${old}/comments/1/`)).toEqual([301, `/${slug}-c/comments/1/`]);
      expect(await leads(`/${old}/comments/2/`)).toEqual([301, `/${slug}-c/comments/2/`]);
    }
    expect((await stack.page(`/${slug}-c/comments/2/`)).document.querySelector('#comment-2-1')).not.toBeNull();
    expect(await leads(`/${slug}`)).toEqual([301, `/${slug}/`]);
    expect((await stack.page(`/${slug}-c/`)).document.querySelector('.u-url')?.getAttribute('value')).toBe(
      `/${slug}-c/`,
    );
  });

  test('is led to on pages of the conversation that opened since, and takes comments under its old name', async () => {
    const post = await publishedPost(stack.table, slug);
    await rename(post, `${slug}-b`, post.ver);
    for (let i = 0; i < 17; i++) await seat(stack.table, said(post, `root ${i}`));
    await stack.drain();

    const sent = await stack.json(slug, { name: 'Bo', email: 'bo@example.org', body: 'From an old tab.' });

    expect(await leads(`/${slug}/comments/2/`)).toEqual([301, `/${slug}-b/comments/2/`]);
    expect(sent.status).toBe(201);
  });

  test('may have its old name again, and the name between leads there', async () => {
    const post = await publishedPost(stack.table, slug);
    const away = await rename(post, `${slug}-b`, post.ver);

    const back = await rename(post, slug, away.ver);
    await stack.drain();

    expect(back).toMatchObject({ slug, formerly: [`${slug}-b`] });
    expect((await stack.page(`/${slug}/`)).status).toBe(200);
    expect(await leads(`/${slug}-b/`)).toEqual([301, `/${slug}/`]);
  });

  test('keeps its old names from others, but not those that nobody read it under', async () => {
    const post = await publishedPost(stack.table, slug);
    await rename(post, `${slug}-b`, post.ver);
    const draft = await call('POST', '/posts', { title: 'Draft', slug: `${slug}-d`, author: 'Ada', source: 'x' });
    const renamed = await rename(draft, `${slug}-e`, draft.ver);

    const taken = await call('POST', '/posts', { title: 'New', slug, author: 'Ada', source: 'x' });

    expect(taken).toMatchObject({ http: 409, code: 'slug.taken' });
    expect(renamed.formerly).toEqual([]);
    expect(await call('GET', `/slugs?wanted=${slug}-d`)).toMatchObject({ state: 'free' });
    expect(await call('GET', `/slugs?wanted=${slug}`)).toMatchObject({ state: 'taken' });
    expect(await call('GET', `/slugs?wanted=${slug}&post=${post.id}`)).toMatchObject({ state: 'own' });
  });

  test('leads to the word that it is gone, once it is withdrawn, and says nothing else', async () => {
    const post = await publishedPost(stack.table, slug, { title: 'A canary' });
    await rename(post, `${slug}-b`, post.ver);
    await call('DELETE', `/posts/${post.id}/publication`);
    await stack.drain();

    const old = await stack.send(`/${slug}/`);

    expect([old.status, old.headers.location]).toEqual([301, `/${slug}-b/`]);
    expect(old.text).not.toContain('canary');
    expect((await stack.page(`/${slug}-b/`)).status).toBe(404);
  });

  test.each([
    ['Héllo', 422],
    ['admin', 422],
    ['', 422],
    ['a//b', 422],
  ])('is not renamed to %j', async (to, status) => {
    const post = await publishedPost(stack.table, slug);

    expect(await rename(post, to, post.ver)).toMatchObject({ http: status, code: 'post.invalid' });
    expect((await call('GET', `/posts/${post.id}`)).slug).toBe(slug);
  });

  test('is not renamed to what another has, nor by whoever read an older one', async () => {
    const post = await publishedPost(stack.table, slug);
    await publishedPost(stack.table, `${slug}-x`);

    expect(await rename(post, `${slug}-x`, post.ver)).toMatchObject({ http: 409, code: 'slug.taken' });
    expect(await rename(post, `${slug}-y`, post.ver - 1)).toMatchObject({ http: 409, code: 'post.conflict' });
    expect(await call('GET', `/slugs?wanted=${slug}-y`)).toMatchObject({ state: 'free' });
  });
});

describe('a pinned comment', () => {
  const refs = async (post: PostItem, n: number) => {
    const seats: string[] = [];
    for (let i = 0; i < n; i++) seats.push(await seat(stack.table, said(post, `word number ${i}`)));
    return seats;
  };

  test('stands at the top, as a copy with its place, and is let go again', async () => {
    const post = await publishedPost(stack.table, slug);
    const [first = ''] = await refs(post, 2);
    const sent = await call('PUT', `/posts/${post.id}/pins/${first}`);
    await stack.drain();
    const pinned = await stack.page(`/${slug}/`);

    const again = await call('DELETE', `/posts/${post.id}/pins/${first}`);
    await stack.drain();

    const copies = pinned.document.querySelectorAll('#talk > .preview');
    expect([sent.http, sent.pins, again.pins]).toEqual([200, [first], []]);
    expect(copies.map((copy) => copy.querySelector('.e-content')?.text.trim())).toEqual(['word number 0']);
    expect(copies[0]?.querySelector('a.u-url')?.getAttribute('href')).toBe(`/${slug}/comments/1/#comment-${first}`);
    expect(pinned.document.querySelectorAll(`#comment-${first}`)).toHaveLength(1);
    expect((await stack.page(`/${slug}/`)).document.querySelector('#talk > .preview')).toBeNull();
  });

  test('is not shown once it was removed', async () => {
    const post = await publishedPost(stack.table, slug);
    const [ref = ''] = await refs(post, 1);
    await call('PUT', `/posts/${post.id}/pins/${ref}`);
    await stack.drain();
    const comment = await commentAt(stack.table, post.id, ref);

    await stack.moderate(comment?.id ?? '', 'removed');
    await stack.drain();

    expect((await stack.page(`/${slug}/`)).text).not.toContain('word number 0');
  });

  test('is one of three at most, is published, and of this article', async () => {
    const post = await publishedPost(stack.table, slug);
    const [a, b, c, d] = await refs(post, 4);
    for (const ref of [a, b, c, a]) expect((await call('PUT', `/posts/${post.id}/pins/${ref}`)).http).toBe(200);

    expect(await call('PUT', `/posts/${post.id}/pins/${d}`)).toMatchObject({ http: 409, code: 'pins.full' });
    for (const ref of ['1-99', 'x', 't1-1', '1-01']) {
      expect(await call('PUT', `/posts/${post.id}/pins/${ref}`)).toMatchObject({ code: 'comment.not-found' });
    }
    expect((await call('GET', `/posts/${post.id}`)).pins).toEqual([a, b, c]);
  });

  test('and a closed conversation are for moderators to decide', async () => {
    const post = await publishedPost(stack.table, slug);
    const [ref] = await refs(post, 1);
    const author = await stack.tokenOf({ groups: ['author'] });
    const moderator = await stack.tokenOf({ groups: ['moderator'] });
    const asked = [
      ['PUT', `/posts/${post.id}/pins/${ref}`, undefined],
      ['DELETE', `/posts/${post.id}/pins/${ref}`, undefined],
      ['PUT', `/posts/${post.id}/conversation`, { closed: true }],
    ] as const;

    for (const [method, path, body] of asked) {
      expect((await call(method, path, body, author)).http).toBe(404);
      expect(await call(method, path, body, moderator)).toMatchObject({ http: 200, id: post.id });
    }
    await stack.drain();
    expect((await stack.page(`/${slug}/`)).document.querySelectorAll('form')).toEqual([]);
  });
});
