import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { mailsOf, pathIn } from '../support/mails.ts';
import { solve } from '../support/proof.ts';
import { bodyOf, FORM, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const OPEN = { mail: { from: 'stoa@blog.example' }, rules: { firstTime: false } };
const WORK = { proof: { work: 100, minutes: 10, seconds: 1 } };

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ ...OPEN, ...WORK });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

/** A stranger's comment, with a proof of work, under whatever address they typed. */
async function comment(email: string, body: string): Promise<{ status: string }> {
  const challenge = bodyOf(await stack.send(`/api/posts/${SLUG}/challenge`));
  const waited = new Promise((done) => setTimeout(done, challenge.seconds * 1000));
  const [proof] = await Promise.all([solve(challenge), waited]);
  return bodyOf(await stack.json(SLUG, filled({ email, body, notify: 'on', proof })));
}

test('where strangers are let in, an address is asked once for work that was done, and then left in peace, stopped or not', async () => {
  const to = 'typed@example.org';
  const { status } = await comment(to, 'The first that anybody typed.');
  const [first] = await mailsOf(stack, to);
  await stack.send(pathIn(first ?? { text: '' }, '/api/mail/stop/'), {
    method: 'POST',
    headers: { ...SAME_ORIGIN, ...FORM },
  });

  await comment(to, 'The second that anybody typed.');
  await stack.send('/api/me/links', { method: 'POST', headers: { ...SAME_ORIGIN, ...FORM }, body: `email=${to}` });

  expect(status).toBe('approved');
  expect((await mailsOf(stack, to)).map(({ subject }) => subject)).toEqual([
    'Your comment on “A chair too few” is published',
  ]);
});

test('where not even work is asked for, nobody is mailed before a person or trust let something in', async () => {
  stack.configure({ ...OPEN, proof: null });
  const to = 'nobody-looked@example.org';

  const sent = bodyOf(await stack.json(SLUG, filled({ email: to, body: 'For nothing.', notify: 'on' })));

  expect(sent.status).toBe('approved');
  expect(await mailsOf(stack, to)).toEqual([]);
});
