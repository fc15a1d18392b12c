import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePost, createPost, withdrawPost } from '../../functions/table/posts.ts';
import { content, publishedPost } from '../support/content.ts';
import { bodyOf, cookiesOf, type Fields, filled, openStack, type Stack } from '../support/stack.ts';
import { NOW } from '../support/world.ts';

let stack: Stack;
/** An approved comment of `rooms`. */
let ref: string;
let held: string;

beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table, 'rooms', { title: 'Rooms & doors' });
  await publishedPost(stack.table, 'elsewhere');
  ref = await approved('rooms', 'Which <em>door</em>?');
  const undone = await approvedComment('rooms', { body: 'Not any more.' });
  held = undone.ref;
  await stack.moderate(undone.id, 'pending');
});
afterAll(() => stack[Symbol.asyncDispose]());

/** Sent again by the same browser, it tells where it is. */
async function approvedComment(slug: string, fields: Fields): Promise<{ id: string; ref: string }> {
  const sent = await stack.json(slug, filled(fields));
  await stack.moderate(bodyOf(sent).id, 'approved');
  return bodyOf(await stack.json(slug, filled(fields), cookiesOf(sent)));
}

const approved = async (slug: string, body: string) => (await approvedComment(slug, { body })).ref;

test('a reply stands under what it answers', async () => {
  const reply = await approvedReply('The one on the left.');
  await stack.drain();

  const { document } = await stack.page('/rooms/');
  const answered = document.querySelector(`#comment-${ref}`)?.closest('li');
  expect(answered?.querySelector(`#comment-${reply}`)?.structuredText).toContain('The one on the left.');
});

const approvedReply = async (body: string) => (await approvedComment('rooms', { body, parent: ref })).ref;

describe('a reply is refused, and nothing is stored, when what it answers', () => {
  test.each([
    ['is a comment of another article', 'elsewhere', () => ref],
    ['is not approved any more', 'rooms', () => held],
    ['is not there', 'rooms', () => '1-39'],
    ['is in a segment that is not there', 'rooms', () => 't7-1'],
    ['is no reference', 'rooms', () => '../1-1'],
    ['is a reference with a zero', 'rooms', () => '1-01'],
    ['is a number without end', 'rooms', () => `1-${'9'.repeat(3000)}`],
  ])('%s', async (_, slug, parent) => {
    const before = await stack.stored();

    const sent = await stack.json(slug, filled({ email: 'new@example.org', parent: parent() }));

    expect([sent.status, bodyOf(sent).code]).toEqual([422, 'parent.unknown']);
    expect(bodyOf(sent).fields).toHaveProperty('parent');
    expect(await stack.stored()).toEqual(before);
  });
});

describe('the reply form', () => {
  test('quotes what it answers and posts there', async () => {
    const { status, document } = await stack.page(`/api/posts/rooms/reply?to=${ref}`);

    const form = document.querySelector('form');
    expect(status).toBe(200);
    expect(document.querySelector('.e-content')?.innerHTML).toBe('<p>Which <em>door</em>?</p>');
    expect([form?.getAttribute('method'), form?.getAttribute('action')]).toEqual(['post', '/api/posts/rooms/comments']);
    expect(form?.querySelector('input[name=parent]')?.getAttribute('value')).toBe(ref);
  });

  test.each([
    ['a comment that waits', () => `/api/posts/rooms/reply?to=${held}`],
    ['a comment of another article', () => `/api/posts/elsewhere/reply?to=${ref}`],
    ['no reference', () => '/api/posts/rooms/reply?to=%3Cscript%3E'],
    ['nothing', () => '/api/posts/rooms/reply'],
    ['an article that is not there', () => `/api/posts/nowhere/reply?to=${ref}`],
  ])('is not there for %s', async (_, path) => {
    const { status, document } = await stack.page(path());

    expect([status, document.querySelector('form')]).toEqual([404, null]);
  });
});

describe('an article takes no comment', () => {
  test('while its conversation is closed, and says so with the text', async () => {
    await closePost(stack.table, await publishedPost(stack.table, 'closed'), true);
    const before = await stack.stored();

    const json = await stack.json('closed', filled());
    const form = await stack.form('closed', filled({ body: 'Too <late>?' }));

    expect([json.status, bodyOf(json).code, form.status]).toEqual([409, 'post.closed', 409]);
    expect(parse(form.text).querySelector('textarea')?.text).toBe('Too <late>?');
    expect(await stack.stored()).toEqual(before);
  });

  test.each([
    ['that is not there', async () => {}],
    ['that is a draft', async (slug: string) => createPost(stack.table, slug, content(), NOW)],
    ['that was withdrawn', async (slug: string) => withdrawPost(stack.table, await publishedPost(stack.table, slug))],
  ])('%s', async (name, prepare) => {
    const slug = name.replaceAll(' ', '-');
    await prepare(slug);
    const before = await stack.stored();

    const sent = await stack.json(slug, filled());

    expect([sent.status, bodyOf(sent).code]).toEqual([404, 'post.not-found']);
    expect(await stack.stored()).toEqual(before);
  });
});

test('what was taken before a conversation closed, or lost its parent, is still the same comment when it is sent again', async () => {
  const open = await publishedPost(stack.table, 'closing');
  const first = await stack.json('closing', filled({ body: 'Just in time.' }));
  await closePost(stack.table, open, true);
  const parent = await approvedComment('rooms', { body: 'A parent for a while.' });
  const answer = filled({ body: 'An answer to it.', parent: parent.ref });
  const second = await stack.json('rooms', answer);
  await stack.moderate(parent.id, 'removed');

  const again = await stack.json('closing', filled({ body: 'Just in time.' }), cookiesOf(first));
  const answerAgain = await stack.json('rooms', answer, cookiesOf(second));

  expect([again.status, bodyOf(again).id]).toEqual([201, bodyOf(first).id]);
  expect([answerAgain.status, bodyOf(answerAgain).id]).toEqual([201, bodyOf(second).id]);
});
