import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { mailsOf } from '../support/mails.ts';
import { bodyOf, filled, openStack, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const MODERATOR = 'ada@example.org';
const HOSTILE = 'Mira\r\nBcc: everyone@example.org <script>alert(1)</script>';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({
    mail: { from: 'stoa@blog.example', moderators: [MODERATOR], perDay: { moderator: 3 } },
  });
  await publishedPost(stack.table, SLUG, { title: 'Chairs,\u2028 “nine” & <more>\r\nX: y' });
});
afterAll(() => stack[Symbol.asyncDispose]());

test('a moderator hears of a comment that waits, and nothing that was typed reaches a header', async () => {
  const sent = await stack.json(
    SLUG,
    filled({ name: HOSTILE, email: 'a@example.org', body: 'A <b>bench</b>.\n\n<script>' }),
  );
  expect(bodyOf(sent).status).toBe('pending');

  const [mail, ...more] = await mailsOf(stack, MODERATOR);

  expect(more).toEqual([]);
  expect(mail?.subject).toBe('A comment waits on “Chairs, “nine” & <more> X: y”');
  expect(mail?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
  expect(mail?.text).toContain('> A bench.');
  expect(mail?.text).toContain('first-time');
  expect(mail?.text).toContain(`${stack.server.url}/admin/`);
  expect(mail?.html).toContain('&lt;script>alert(1)&lt;/script>');
  expect(mail?.html).not.toContain('<script');
});

test('the same comment sent again is no other mail', async () => {
  const before = await mailsOf(stack, MODERATOR);
  await stack.json(SLUG, filled({ name: HOSTILE, email: 'a@example.org', body: 'A <b>bench</b>.\n\n<script>' }));

  expect(await mailsOf(stack, MODERATOR)).toHaveLength(before.length);
});

test('a comment that nobody has to look at any more is not mailed about', async () => {
  const before = await mailsOf(stack, MODERATOR);
  await stack.json(SLUG, filled({ email: 'links@example.org', body: Array(12).fill('https://x.example/').join(' ') }));

  expect(await mailsOf(stack, MODERATOR)).toHaveLength(before.length);
});

test('after as many mails as one day may have, the next waits for a mail about all of them', async () => {
  for (const n of [2, 3, 4, 5]) await stack.json(SLUG, filled({ email: `p${n}@example.org`, body: `Number ${n}` }));

  expect(await mailsOf(stack, MODERATOR)).toHaveLength(3);
  const stored = await stack.stored();
  const later = Object.entries(stored).filter(([key]) => key.startsWith('OUTBOX#waiting-'));
  expect(later).toMatchObject([[expect.anything(), { queue: 'outbox', mail: { kind: 'waiting' } }]]);
});

test("no address is in the outbox's items as it was written", async () => {
  expect(JSON.stringify(await stack.stored())).not.toContain(MODERATOR);
});

test('the outbox can be looked at in a browser, on this machine', async () => {
  const list = await stack.page('/outbox/');
  const link = list.document.querySelector('li a')?.getAttribute('href') ?? '';
  const mail = await stack.page(link);

  expect(list.text).toContain('A comment waits on');
  expect(mail.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(mail.text).toContain('Look at what waits');
  for (const path of ['/outbox/..%2F..%2Fsecrets/html', '/outbox/nothing/html']) {
    expect((await stack.send(path)).status).toBe(404);
  }
});
