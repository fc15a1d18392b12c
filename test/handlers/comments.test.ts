import type { HTMLElement } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressHash } from '../../functions/domain/identity.ts';
import { claimAddress } from '../../functions/table/people.ts';
import { publishedPost } from '../support/content.ts';
import { bodyOf, cookiesOf, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const SLUG = 'a-chair-too-few';
const RECEIVED = '/api/comments/received';

let people = 0;
/** Somebody who was not here before. */
const stranger = () => `person-${++people}@example.org`;

const idOf = (location: string | undefined) => location?.split('/').at(-1) ?? '';
const textOf = (document: HTMLElement, selector: string) => document.querySelector(selector)?.structuredText ?? null;
const links = (n: number) => Array.from({ length: n }, (_, i) => `https://example.org/${i}`).join(' ');

describe('a comment by form', () => {
  test('leads to a receipt that shows it as it will appear, to this browser alone', async () => {
    const sent = await stack.form(SLUG, filled({ email: stranger(), body: 'By <b>form</b>.<script>x</script>' }));
    const receipt = await stack.page(sent.headers.location ?? '', { headers: cookiesOf(sent) });

    expect([sent.status, sent.text]).toEqual([303, '']);
    expect(receipt.status).toBe(200);
    expect(receipt.headers['cache-control']).toBe('no-store');
    expect(receipt.document.querySelector('.e-content')?.innerHTML).toBe('<p>By <b>form</b>.</p>');
    expect(receipt.document.querySelectorAll('.note code').map((code) => code.text)).toContain('script');
  });

  test('sets a cookie for the API that no script and no other site can use', async () => {
    const { cookies } = await stack.form(SLUG, filled({ email: stranger() }));

    const [pair = '', ...attributes] = (cookies[0] ?? '').split('; ');
    expect(cookies).toHaveLength(1);
    expect(pair).toMatch(/^stoa_reader=[A-Za-z0-9_-]{43}$/);
    expect(attributes).toEqual(['Path=/api/', 'HttpOnly', 'SameSite=Strict', 'Max-Age=31536000']);
  });

  test('leaves a browser that has a cookie the one it has', async () => {
    const first = await stack.form(SLUG, filled({ email: stranger() }));

    const second = await stack.form(SLUG, filled({ email: stranger() }), cookiesOf(first));

    const receipt = await stack.page(second.headers.location ?? '', { headers: cookiesOf(first) });
    expect([second.cookies, receipt.status]).toEqual([[], 200]);
  });

  test('has a receipt that nobody else can tell from one that never was', async () => {
    const sent = await stack.form(SLUG, filled({ email: stranger() }));
    const other = await stack.form(SLUG, filled({ email: stranger() }));
    const path = sent.headers.location ?? '';

    const refused = await Promise.all([
      stack.page(path),
      stack.page(path, { headers: cookiesOf(other) }),
      stack.page(path, { headers: { cookie: 'stoa_reader=' } }),
      stack.page('/api/comments/AAAAAAAAAAAAAAAAAAAAAA'),
      stack.page('/api/comments/AAAAAAAAAAAAAAAAAAAAAA', { headers: cookiesOf(sent) }),
    ]);

    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(new Set(refused.map(({ text }) => text)).size).toBe(1);
  });
});

test('a comment in JSON is answered with what became of it, and nothing more', async () => {
  const sent = await stack.json(SLUG, filled({ email: stranger(), body: 'In <u>JSON</u>' }));

  expect(sent.status).toBe(201);
  expect(bodyOf(sent)).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    status: 'pending',
    html: '<p>In JSON</p>',
    removed: ['u'],
    reason: 'first-time',
    ref: null,
    url: null,
  });
});

describe('the same comment sent again', () => {
  test('is the same comment, with the same id and status', async () => {
    const fields = filled({ email: stranger() });
    const first = await stack.json(SLUG, fields);

    const again = await stack.json(SLUG, { ...fields, body: ` ${fields.body}\n` }, cookiesOf(first));

    expect([again.status, again.cookies]).toEqual([201, []]);
    expect(bodyOf(again)).toEqual(bodyOf(first));
  });

  test('by form from the same browser leads to the receipt', async () => {
    const fields = filled({ email: stranger() });
    const first = await stack.form(SLUG, fields);

    const again = await stack.form(SLUG, fields, cookiesOf(first));

    expect([again.status, again.headers.location]).toEqual([303, first.headers.location]);
  });

  test.each([
    ['a browser without a cookie', async () => ({})],
    ['a browser with another cookie', async () => cookiesOf(await stack.form(SLUG, filled({ email: stranger() })))],
  ])('from %s gives no right to it', async (_, headers) => {
    const fields = filled({ email: stranger() });
    const first = await stack.form(SLUG, fields);

    const again = await stack.form(SLUG, fields, await headers());
    const page = await stack.page(again.headers.location ?? '');
    const receipt = await stack.page(first.headers.location ?? '', { headers: { ...(await headers()) } });

    expect([again.status, again.headers.location, again.cookies]).toEqual([303, RECEIVED, []]);
    expect([page.status, receipt.status]).toEqual([200, 404]);
    expect(page.text).not.toContain(fields.body);
  });

  test('ten times at once is one comment, and one browser has its receipt', async () => {
    const fields = filled({ email: stranger(), body: 'Ten times at once.' });
    const before = Object.keys(await stack.stored());

    const sent = await Promise.all(Array.from({ length: 10 }, () => stack.form(SLUG, fields)));

    const created = Object.keys(await stack.stored()).filter((key) => !before.includes(key));
    expect(created.filter((key) => key.startsWith('COMMENT#'))).toHaveLength(1);
    expect(sent.filter(({ headers }) => headers.location === RECEIVED)).toHaveLength(9);
    expect(sent.filter(({ cookies }) => cookies.length > 0)).toHaveLength(1);
  });

  test('ten times at once by someone trusted is one comment on one seat', async () => {
    const email = stranger();
    const first = await stack.form(SLUG, filled({ email }));
    await stack.moderate(idOf(first.headers.location), 'approved');
    const fields = filled({ email, body: 'Ten at once, and trusted.' });

    const sent = await Promise.all(Array.from({ length: 10 }, () => stack.json(SLUG, fields, cookiesOf(first))));

    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(bodyOf(sent[0] as (typeof sent)[0])).toMatchObject({ status: 'approved', ref: expect.any(String) });
  });
});

describe('trust', () => {
  test('comes with one approval: the next comment of that browser is seated at once, with its address', async () => {
    const email = stranger();
    const first = await stack.form(SLUG, filled({ email }));
    await stack.moderate(idOf(first.headers.location), 'approved');

    const sent = await stack.json(SLUG, filled({ email, body: 'And another thing.' }), cookiesOf(first));
    await stack.drain();

    const { ref, url, ...told } = bodyOf(sent);
    const page = await stack.page(url.split('#')[0]);
    expect(told).toMatchObject({ status: 'approved', reason: null });
    expect(url).toBe(`/${SLUG}/comments/${ref.split('-')[0]}/#comment-${ref}`);
    expect(textOf(page.document, `#comment-${ref} .e-content`)).toBe('And another thing.');
  });

  test('is not in the address: another browser that types it is held', async () => {
    const email = stranger();
    const first = await stack.form(SLUG, filled({ email }));
    await stack.moderate(idOf(first.headers.location), 'approved');

    const sent = await stack.json(SLUG, filled({ email, body: 'It is me, honestly.' }));

    expect(bodyOf(sent)).toMatchObject({ status: 'pending', reason: 'first-time', ref: null, url: null });
  });

  test('does not pass from one person to another in the same browser', async () => {
    const first = await stack.form(SLUG, filled({ email: stranger() }));
    await stack.moderate(idOf(first.headers.location), 'approved');

    const sent = await stack.json(SLUG, filled({ email: stranger() }), cookiesOf(first));

    expect(bodyOf(sent)).toMatchObject({ status: 'pending', reason: 'first-time' });
  });

  test.each([
    [2, 'approved', null],
    [3, 'pending', 'links.some'],
    [10, 'pending', 'links.some'],
    [11, 'spam', 'links.many'],
  ])('and %i links: %s', async (count, status, reason) => {
    const email = stranger();
    const first = await stack.form(SLUG, filled({ email }));
    await stack.moderate(idOf(first.headers.location), 'approved');

    const sent = await stack.json(SLUG, filled({ email, body: links(count) }), cookiesOf(first));

    expect(bodyOf(sent)).toMatchObject({ status, reason });
  });

  test('does not reach to the address or the name of an author', async () => {
    const email = stranger();
    const { identityKey } = stack.server.platform.connection.secrets;
    const first = await stack.form(SLUG, filled({ email }));
    await stack.moderate(idOf(first.headers.location), 'approved');
    await claimAddress(stack.table, addressHash(identityKey, email), 'ada-byrne');

    const address = await stack.json(SLUG, filled({ email: email.toUpperCase(), body: 'One.' }), cookiesOf(first));
    const name = await stack.json(SLUG, filled({ email: stranger(), name: ' ádà  BYRNE ' }), cookiesOf(first));

    expect(bodyOf(address)).toMatchObject({ status: 'pending', reason: 'author.unproven' });
    expect(bodyOf(name)).toMatchObject({ status: 'pending', reason: 'author.unproven' });
  });
});

test('a held comment is in no page, and an approved one is', async () => {
  const sent = await stack.form(SLUG, filled({ email: stranger(), body: 'A canary in a chair.' }));
  await stack.drain();
  const before = await stack.page(`/${SLUG}/`);

  await stack.moderate(idOf(sent.headers.location), 'approved');
  await stack.drain();

  const after = await stack.page(`/${SLUG}/`);
  const receipt = await stack.page(sent.headers.location ?? '', { headers: cookiesOf(sent) });
  expect(before.text).not.toContain('A canary in a chair.');
  expect(after.document.querySelectorAll('.e-content').map((html) => html.structuredText)).toContain(
    'A canary in a chair.',
  );
  expect(receipt.document.querySelectorAll('a').map((link) => link.getAttribute('href'))).toContainEqual(
    expect.stringMatching(/^\/a-chair-too-few\/comments\/\d+\/#comment-/),
  );
});

test('a preview says how a comment will appear and what will be taken away, and keeps nothing', async () => {
  await publishedPost(stack.table, 'previewed');

  const preview = (body: string) =>
    stack.send('/api/posts/previewed/preview', {
      method: 'POST',
      headers: { ...SAME_ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ body }),
    });

  const shown = await preview('A <em>sill</em> <img src=x>');
  const empty = await preview('<img>');

  expect([shown.status, bodyOf(shown)]).toEqual([200, { html: '<p>A <em>sill</em></p>', removed: ['img'] }]);
  expect([empty.status, bodyOf(empty).code]).toEqual([422, 'comment.empty']);
});
