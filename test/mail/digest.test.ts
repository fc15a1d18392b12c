import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openOffice } from '../../functions/mail/office.ts';
import { sweep } from '../../functions/mailer.ts';
import { publishedPost } from '../support/content.ts';
import { mailsOf } from '../support/mails.ts';
import { bodyOf, filled, openStack, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const MODERATOR = 'ada@example.org';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({
    mail: { from: 'stoa@blog.example', moderators: [MODERATOR], digest: 'hourly' },
    limits: { address: null, post: null, throttle: null },
  });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

test('of many comments within the hour, one mail comes at its end, about those that still wait', async () => {
  const sent = [];
  for (const n of [1, 2, 3]) {
    sent.push(bodyOf(await stack.json(SLUG, filled({ email: `p${n}@example.org`, body: `Number ${n}.` }))));
  }
  await stack.moderate(sent[0].id, 'rejected');
  expect(await mailsOf(stack, MODERATOR)).toEqual([]);

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
  try {
    const office = await openOffice();
    if (office) await sweep(office);
  } finally {
    vi.useRealTimers();
  }

  const mails = await mailsOf(stack, MODERATOR);
  // The third may fall into the next hour.
  expect(mails.length).toBeGreaterThanOrEqual(1);
  expect(mails[0]?.subject).toBe('2 comments wait');
  expect(mails[0]?.text).toContain('> Number 3.');
  expect(mails[0]?.text).not.toContain('Number 1.');
});
