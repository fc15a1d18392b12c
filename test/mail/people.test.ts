import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { mailsOf, onlyMail, pathIn } from '../support/mails.ts';
import { bodyOf, FORM, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({
    mail: { from: 'stoa@blog.example', perDay: { person: 4 } },
    limits: { address: null, throttle: null },
  });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const press = (path: string, body = '') =>
  stack.send(path, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...FORM } });

/** Sends a comment that asks for mail. */
async function comment(email: string, body: string, over = {}) {
  return bodyOf(await stack.json(SLUG, filled({ email, body, notify: 'on', ...over })));
}

/** The public reference of a comment that a moderator lets in. */
async function approved(id: string): Promise<string> {
  await stack.moderate(id, 'approved');
  await stack.drain();
  const list = bodyOf(await stack.send(`/api/posts/${SLUG}/comments`));
  return list.comments.at(-1).ref;
}

async function confirmed(email: string): Promise<void> {
  const [mail] = await mailsOf(stack, email);
  const { status } = await press(pathIn(mail ?? { text: '' }, '/api/mail/confirmation/'));
  expect(status).toBe(200);
}

test('nobody is mailed for a comment that waits: an address that was typed belongs to anybody', async () => {
  await comment('victim@example.org', 'Somebody else wrote this.');

  expect(await mailsOf(stack, 'victim@example.org')).toEqual([]);
});

test('the first mail says that the comment is published, and asks; unanswered, it is the only one', async () => {
  const to = 'once@example.org';
  const first = await approved((await comment(to, 'Number one.')).id);
  await approved((await comment(to, 'Number two.')).id);
  await approved((await comment('other@example.org', 'An answer.', { parent: first, notify: undefined })).id);

  const mail = await onlyMail(stack, to);

  expect(mail.subject).toBe('Your comment on “A chair too few” is published');
  expect(mail.text).toContain(`/${SLUG}/comments/1/#comment-${first}`);
  expect(pathIn(mail, '/api/mail/confirmation/')).toMatch(/[\w-]{43}$/);
});

test('following a confirmation changes nothing, its button works once, and of many that press it one does it', async () => {
  const to = 'link@example.org';
  await approved((await comment(to, 'To be confirmed.')).id);
  const path = pathIn(await onlyMail(stack, to), '/api/mail/confirmation/');

  const followed = await Promise.all([stack.page(path), stack.page(path)]);
  expect(followed.map(({ status }) => status)).toEqual([200, 200]);
  const pressed = await Promise.all(Array.from({ length: 20 }, () => press(path)));

  expect(pressed.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  expect(new Set(pressed.map(({ status }) => status))).toEqual(new Set([200, 410]));
});

test.each(['MAILBOX', 'LINK'])('a confirmation that failed at its %s is there to be pressed again', async (sk) => {
  const to = `failed-${sk}@example.org`;
  await approved((await comment(to, 'To be confirmed in the end.')).id);
  const path = pathIn(await onlyMail(stack, to), '/api/mail/confirmation/');
  const { send } = DynamoDBDocumentClient.prototype;
  const failing = vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(function (
    this: never,
    ...args
  ) {
    const [command] = args as unknown as [object];
    const update = command instanceof UpdateCommand && command.input.Key?.sk === sk;
    return update ? Promise.reject(new Error('no answer')) : send.apply(this, args);
  });

  const first = await press(path);
  failing.mockRestore();

  expect([first.status, (await press(path)).status]).toEqual([500, 200]);
});

test('once confirmed, an answer is mailed with its words, and one click in the mail program ends it all', async () => {
  const to = 'asker@example.org';
  const ref = await approved((await comment(to, 'Who has a chair?')).id);
  await confirmed(to);
  await approved(
    (await comment('kind@example.org', 'I <b>have</b> one.', { parent: ref, name: 'Ro\r\nBcc: x@y.example' })).id,
  );

  const mail = (await mailsOf(stack, to)).at(-1);

  expect(mail?.subject).toBe('A reply to your comment on “A chair too few”');
  expect(mail?.text).toContain('> I have one.');
  const stop = mail?.headers['List-Unsubscribe'] ?? '';
  expect(mail?.headers).toEqual({
    'Auto-Submitted': 'auto-generated',
    'List-Unsubscribe': expect.stringMatching(/^<http:\/\/127\.0\.0\.1:\d+\/api\/mail\/stop\/[\w-]+\.[\w-]{43}>$/),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });

  const path = new URL(stop.slice(1, -1)).pathname;
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
  const clicked = await stack.send(path, {
    method: 'POST',
    headers: multipart,
    body: '--x\r\nList-Unsubscribe=One-Click',
  });
  expect(clicked.status).toBe(200);
  await approved((await comment('kind@example.org', 'Another one.', { parent: ref })).id);

  expect(await mailsOf(stack, to)).toHaveLength(2);
  expect(Object.keys(await stack.stored()).filter((key) => key.endsWith('MAILBOX'))).not.toContain(to);
});

test('a link that stops mails is of one person, and no other is accepted', async () => {
  const mails = await mailsOf(stack, 'once@example.org');
  const path = pathIn(mails[0] ?? { text: '' }, '/api/mail/stop/');

  const wrong = await Promise.all(
    [path.slice(0, -1), path.replace(/\/stop\/\w/, '/stop/x'), '/api/mail/stop/x', '/api/mail/stop/.'].map((one) =>
      press(one),
    ),
  );

  expect(wrong.map(({ status }) => status)).toEqual([410, 410, 410, 410]);
  expect((await stack.page(path)).document.querySelector('button')?.text).toBe('Stop all mails');
});

test('an address is mailed no more often than the limit of a day', async () => {
  const to = 'popular@example.org';
  const ref = await approved((await comment(to, 'Say hello.')).id);
  await confirmed(to);
  for (let n = 0; n < 6; n++) {
    await approved((await comment(`guest${n}@example.org`, `Hello ${n}`, { parent: ref, notify: undefined })).id);
  }

  expect(await mailsOf(stack, to)).toHaveLength(4);
});

test('who answers themselves is not told', async () => {
  const to = 'alone@example.org';
  const ref = await approved((await comment(to, 'Talking to myself.')).id);
  await confirmed(to);
  await approved((await comment(to, 'Still talking.', { parent: ref, notify: undefined })).id);

  expect(await mailsOf(stack, to)).toHaveLength(1);
});

test('an address that bounced or complained takes no more mail', async () => {
  const { handler } = await import('../../functions/bounces.ts');
  const told = (message: object) => handler({ Records: [{ Sns: { Message: JSON.stringify(message) } }] } as never);
  await told({
    eventType: 'Bounce',
    bounce: { bounceType: 'Transient', bouncedRecipients: [{ emailAddress: 'full@example.org' }] },
  });
  await told({
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'Gone@Example.org' }] },
  });
  await told({ eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: 'angry@example.org' }] } });

  for (const name of ['full', 'gone', 'angry']) {
    await approved((await comment(`${name}@example.org`, `From ${name}.`)).id);
    await press('/api/me/links', `email=${name}@example.org`);
  }

  expect(await mailsOf(stack, 'full@example.org')).toHaveLength(2);
  expect(await mailsOf(stack, 'gone@example.org')).toEqual([]);
  expect(await mailsOf(stack, 'angry@example.org')).toEqual([]);
});

test('no address that was typed is stored as it was typed', async () => {
  const stored = JSON.stringify(await stack.stored());

  expect(stored).toContain('MAILBOX');
  expect(stored).not.toContain('@example.org');
});
