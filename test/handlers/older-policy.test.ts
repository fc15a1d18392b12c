import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY } from '../../functions/domain/allowed-tags.ts';
import { findComment } from '../../functions/table/comments.ts';
import { seatKey } from '../../functions/table/keys.ts';
import { publishedPost } from '../support/content.ts';
import { mailsOf, pathIn } from '../support/mails.ts';
import { AGED, AGED_TEXT, age } from '../support/older-policy.ts';
import { bodyOf, cookiesOf, FORM, filled, JSON_TYPE, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

/* Words that were sanitized before the policy changed. */

const SLUG = 'a-chair-too-few';
const MODERATOR = 'ada@example.org';
const SENT = 'An <u>old</u> <b>word</b>';
const ANEW = '<p>An old <b>word</b></p>';

let stack: Stack;
let post: string;
let token: string;
beforeAll(async () => {
  stack = await openStack({ mail: { from: 'stoa@blog.example', moderators: [MODERATOR] } });
  post = (await publishedPost(stack.table, SLUG)).id;
  token = await stack.tokenOf({ groups: ['moderator'] });
});
afterAll(() => stack[Symbol.asyncDispose]());

const admin = async (method: string, path: string, body?: object) =>
  bodyOf(
    await stack.send(`/api/admin${path}`, {
      method,
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );

let people = 0;

async function waiting() {
  const fields = filled({ body: SENT, email: `old-${++people}@example.org` });
  const sent = await stack.json(SLUG, fields);
  const { id } = bodyOf(sent);
  await age(stack.table, id);
  return { id, fields, cookies: cookiesOf(sent) };
}

async function seated() {
  const { id, ...rest } = await waiting();
  await age(stack.table, id, { policy: POLICY });
  await stack.moderate(id, 'approved');
  const ref = (await findComment(stack.table, id))?.at ?? '';
  await age(stack.table, id, { key: seatKey(post, ref) });
  return { id, ref, ...rest };
}

describe('moderators', () => {
  test('see what waits as it would be let in, and it is let in like that', async () => {
    const { id } = await waiting();

    const listed = (await admin('GET', '/comments?status=pending')).comments.find(
      (one: { id: string }) => one.id === id,
    );
    const { moved } = await admin('POST', '/comments/moves', {
      comments: [{ id, status: 'pending', ver: 1 }],
      to: 'approved',
    });

    const found = await findComment(stack.table, id);
    expect(listed).toMatchObject({ html: ANEW, removed: ['u'], ver: 1 });
    expect(moved).toEqual([{ id, status: 'approved', ver: 1 }]);
    expect(found).toMatchObject({ html: ANEW, removed: ['u'], policy: POLICY });
    await stack.drain();
    expect((await stack.page(`/${SLUG}/`)).text).toContain(ANEW);
  });

  test('see what such words answer as text', async () => {
    const { ref } = await seated();
    const { id } = bodyOf(await stack.json(SLUG, filled({ parent: ref, body: 'Answered.' })));

    expect((await admin('GET', `/comments/${id}`)).parent.html).toBe(AGED_TEXT);
  });

  test('are mailed what the words say', async () => {
    const { id } = await seated();

    await stack.moderate(id, 'pending');

    expect((await mailsOf(stack, MODERATOR)).at(-1)?.text).toContain('> An old word & a link');
  });
});

describe('their writer', () => {
  test('sees them as text on the receipt, and hears when they are sent again what the policy of today makes of them', async () => {
    const { id, fields, cookies } = await waiting();

    const receipt = await stack.page(`/api/comments/${id}`, { headers: cookies });
    const again = await stack.json(SLUG, fields, cookies);

    expect(receipt.document.querySelector('.e-content')?.innerHTML).toBe(AGED_TEXT);
    expect(bodyOf(again)).toMatchObject({ id, html: ANEW, removed: ['u'] });
  });

  test('sees them as text where all that is stored is shown, and takes them along like that', async () => {
    const { fields } = await waiting();
    const press = (path: string, body = '') =>
      stack.send(path, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...FORM } });
    await press('/api/me/links', `email=${encodeURIComponent(String(fields.email))}`);
    const [mail = { text: '' }] = await mailsOf(stack, String(fields.email));
    const headers = cookiesOf(await press(pathIn(mail, '/api/me/links/')));

    const [page, file] = await Promise.all(['/api/me', '/api/me/export'].map((path) => stack.page(path, { headers })));
    const json = await stack.send('/api/me/export?as=json', { headers });

    for (const shown of [page, file]) expect(shown?.text).toContain(AGED_TEXT);
    for (const shown of [page, file]) expect(shown?.text).not.toContain(AGED);
    expect(bodyOf(json).comments).toMatchObject([{ html: AGED_TEXT, source: SENT }]);
  });
});

test.each(['reply?to=', 'report?comment='])('readers see them as text on the form of %s', async (form) => {
  const { ref } = await seated();

  const { document } = await stack.page(`/api/posts/${SLUG}/${form}${ref}`);

  expect(document.querySelector('.e-content')?.innerHTML).toBe(AGED_TEXT);
});
