import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seat } from '../../functions/table/comments.ts';
import { move } from '../../functions/table/moves.ts';
import { createPost, publishPost, withdrawPost } from '../../functions/table/posts.ts';
import { readSegment } from '../../functions/table/segments.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { bodyOf, openStack, type Stack } from '../support/stack.ts';
import { NOW } from '../support/world.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

const DAY = 86_400_000;

describe('the list of articles', () => {
  const slugs = Array.from({ length: 30 }, (_, i) => `article-${i + 1}`);

  beforeAll(async () => {
    for (const [i, slug] of slugs.entries()) {
      const date = new Date(NOW.getTime() - (30 - i) * DAY);
      await publishPost(stack.table, await createPost(stack.table, slug, content(), date), date.toISOString(), NOW);
    }
    await createPost(stack.table, 'draft', content(), NOW);
    await withdrawPost(stack.table, await publishedPost(stack.table, 'withdrawn'));
  });

  test('gives what is published, newest first, twenty at a time', async () => {
    const first = bodyOf(await stack.send('/api/posts'));
    const second = bodyOf(await stack.send(`/api/posts?cursor=${first.next}`));

    const listed = [first, second].map(({ posts }) => posts.map(({ slug }: { slug: string }) => slug));
    expect(listed.map(({ length }) => length)).toEqual([20, 10]);
    expect(listed.flat()).toEqual(slugs.toReversed());
    expect(second.next).toBeNull();
  });

  test('says of each what its page says', async () => {
    const { posts } = bodyOf(await stack.send('/api/posts'));

    expect(posts[0]).toEqual({
      id: expect.any(String),
      slug: 'article-30',
      url: '/article-30/',
      title: 'A chair too few',
      excerpt: 'We set out nine chairs.',
      author: { slug: 'ada-byrne', name: 'Ada Byrne' },
      category: { slug: 'rooms', name: 'Rooms' },
      tags: ['chairs'],
      date: new Date(NOW.getTime() - DAY).toISOString(),
      updated: null,
      closed: false,
    });
  });

  test.each([
    ['words', 'hello'],
    ['an empty key', Buffer.from('{}').toString('base64url')],
    ['a list', Buffer.from('[]').toString('base64url')],
    ['a key of the table', Buffer.from(JSON.stringify({ pk: 'POST#1', sk: 'META' })).toString('base64url')],
    ['a place of no post', Buffer.from('2026-01-01T00:00:00.000Z#../x').toString('base64url')],
    ['very much', 'A'.repeat(6000)],
  ])('takes no cursor that it did not give: %s', async (_, cursor) => {
    const { status, text } = await stack.send(`/api/posts?cursor=${cursor}`);

    expect([status, JSON.parse(text).code]).toEqual([400, 'query.invalid']);
  });
});

describe('an article', () => {
  test('is given by its slug and by its id, as HTML, with what was said', async () => {
    const post = await publishedPost(stack.table, 'rooms', { source: 'Nine *chairs*.\n\n<script>alert(1)</script>' });
    await seat(stack.table, said(post, 'one'));
    await stack.drain();

    const bySlug = await stack.send('/api/posts/rooms');
    const byId = await stack.send(`/api/posts/${post.id}`);

    expect(bodyOf(bySlug)).toMatchObject({
      slug: 'rooms',
      html: expect.stringContaining('<em>chairs</em>'),
      comments: 1,
    });
    expect(bodyOf(bySlug).html).not.toContain('<script');
    expect(bodyOf(byId)).toEqual(bodyOf(bySlug));
  });

  test.each(['nothing', 'draft', 'withdrawn', '%00', '..%2F..', 'x%23META'])('is not there: %s', async (slug) => {
    const answers = await Promise.all([stack.send(`/api/posts/${slug}`), stack.send(`/api/posts/${slug}/comments`)]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers.map((answer) => bodyOf(answer).code)).toEqual(['post.not-found', 'post.not-found']);
  });

  test('has no address longer than a key of the table', async () => {
    const answers = await Promise.all(
      ['posts/', 'comments/'].map((path) => stack.send(`/api/${path}${'a'.repeat(3000)}`)),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });
});

describe('what was said about an article', () => {
  test('is given a segment at a time, oldest first, and only what is approved', async () => {
    const post = await publishedPost(stack.table, 'talk');
    const words = Array.from({ length: 40 }, (_, i) => said(post, `root ${i}`, { person: `p${i}` }));
    for (const one of words) await seat(stack.table, one);
    await stack.moderate(words[1]?.id ?? '', 'removed');
    await stack.moderate(words[2]?.id ?? '', 'pending');

    const pages = [bodyOf(await stack.send('/api/posts/talk/comments'))];
    while (pages.at(-1).next) {
      pages.push(bodyOf(await stack.send(`/api/posts/talk/comments?cursor=${pages.at(-1).next}`)));
    }

    const comments = pages.flatMap((page) => page.comments);
    const left = words.filter((_, i) => i !== 1 && i !== 2);
    expect(pages).toHaveLength(3);
    expect(comments.map(({ html }) => html)).toEqual(left.map(({ html }) => html));
    expect(comments[0]).toEqual({
      ref: '1-1',
      url: '/talk/comments/1/#comment-1-1',
      parent: null,
      author: { name: 'Person p0', url: null, host: false },
      date: NOW.toISOString(),
      html: '<p>root 0</p>',
    });
  });

  test.each(['0', '2', 't1', 'x', '1-1', '__proto__'])('has no page that was not given: %s', async (cursor) => {
    await publishedPost(stack.table, `quiet-${cursor.replaceAll('_', '')}`);

    const sent = await stack.send(`/api/posts/quiet-${cursor.replaceAll('_', '')}/comments?cursor=${cursor}`);

    expect([sent.status, bodyOf(sent).code]).toEqual([400, 'query.invalid']);
  });
});

describe('what did not change', () => {
  beforeAll(async () => {
    await publishedPost(stack.table, 'known');
  });

  test.each(['/api/posts', '/api/posts/known', '/api/posts/known/comments'])('is not sent again: %s', async (path) => {
    const first = await stack.send(path);
    const etag = String(first.headers.etag);

    const again = await stack.send(path, { headers: { 'if-none-match': `"other", W/${etag}` } });
    const other = await stack.send(path, { headers: { 'if-none-match': '"other"' } });

    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    expect([other.status, other.text]).toEqual([200, first.text]);
  });

  test('is sent again once it did', async () => {
    const post = await publishedPost(stack.table, 'changing');
    const before = await stack.send('/api/posts/changing/comments');

    await seat(stack.table, said(post, 'new'));

    const headers = { 'if-none-match': String(before.headers.etag) };
    const after = await stack.send('/api/posts/changing/comments', { headers });
    expect([after.status, bodyOf(after).comments.length]).toEqual([200, 1]);
  });
});

describe('the feed of a conversation', () => {
  test('has what was said, newest first, in both formats, and never what was removed', async () => {
    const post = await publishedPost(stack.table, 'followed');
    await seat(stack.table, said(post, 'first'));
    await seat(stack.table, said(post, 'second'));
    await seat(stack.table, said(post, 'canary'));
    const canary = (await readSegment(stack.table, post.id, '1')).comments.find(({ source }) => source === 'canary');
    await move(stack.table, canary?.id ?? '', { to: 'removed', by: 'moderator', at: NOW.toISOString(), rule: null });

    const atom = await stack.send('/api/posts/followed/feed.xml');
    const json = await stack.send('/api/posts/followed/feed.json');

    expect(parseAtomFeed(atom.text).entries?.map(({ content }) => content?.value)).toEqual([
      '<p>second</p>',
      '<p>first</p>',
    ]);
    expect(bodyOf(json).items.map(({ url }: { url: string }) => url)).toEqual([
      expect.stringMatching(/\/followed\/comments\/1\/#comment-1-2$/),
      expect.stringMatching(/\/followed\/comments\/1\/#comment-1-1$/),
    ]);
    expect(atom.text + json.text).not.toContain('canary');
  });

  test.each(['feed.xml', 'feed.json'])('is asked for again by its ETag: %s', async (feed) => {
    const path = `/api/posts/followed/${feed}`;
    const etag = (await stack.send(path)).headers.etag ?? '';

    const again = await stack.send(path, { headers: { 'if-none-match': etag } });

    expect(again.status).toBe(304);
  });
});
