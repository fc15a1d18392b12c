import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailAbout } from '../../functions/mail/occasions.ts';
import { type Office, openOffice } from '../../functions/mail/office.ts';
import { sweep } from '../../functions/mailer.ts';
import { commentAt, findComment } from '../../functions/table/comments.ts';
import { addToDigest } from '../../functions/table/outbox.ts';
import { publishedPost } from '../support/content.ts';
import { mailsOf, pathIn } from '../support/mails.ts';
import { bodyOf, cookiesOf, FORM, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const DAY = 86_400_000;

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ mail: { from: 'stoa@blog.example' } });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const press = (path: string, body = '', headers = {}) =>
  stack.send(path, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...FORM, ...headers } });

/** A comment that a moderator let in. */
async function published(email: string, body: string, over = {}): Promise<{ id: string; ref: string }> {
  const { id } = bodyOf(await stack.json(SLUG, filled({ email, body, ...over })));
  await stack.moderate(id, 'approved');
  await stack.drain();
  return { id, ref: (await findComment(stack.table, id))?.at ?? '' };
}

/** Somebody who asked to hear of replies, and opened what is stored about them by a mailed link. */
async function follower(to: string) {
  const first = await published(to, `The first by ${to}.`, { notify: 'on' });
  await press('/api/me/links', `email=${to}`);
  const link = (await mailsOf(stack, to)).find(({ text }) => text.includes('/api/me/links/'));
  const cookies = cookiesOf(await press(pathIn(link ?? { text: '' }, '/api/me/links/')));
  await press('/api/me/mail', 'mail=yes', cookies);
  return { first, cookies, wish: (wish: string) => press('/api/me/mail', wish, cookies) };
}

const repliesTo = async (to: string) => (await mailsOf(stack, to)).filter(({ subject }) => /repl/i.test(subject));

const office = async (later = 0): Promise<Office> => {
  const open = await openOffice();
  if (!open) throw new Error('no mail');
  return { ...open, now: () => new Date(Date.now() + later) };
};

test('who chose one mail a day hears of all replies of a day in one, once it is over, each with its words', async () => {
  const to = 'daily@example.org';
  const { first, wish } = await follower(to);
  const chosen = await wish('pace=daily');
  const other = await published(to, 'Another by the same.', { notify: 'on' });
  await published('r1@example.org', 'The <b>first</b> reply.', { parent: first.ref });
  await published('r2@example.org', 'A reply elsewhere.', { parent: other.ref });
  const gone = await published('r3@example.org', 'A reply that is taken back.', { parent: other.ref });
  await stack.moderate(gone.id, 'removed');

  expect(chosen.headers.location).toBe('/api/me?done=daily');
  await sweep(await office());
  expect(await repliesTo(to)).toEqual([]);
  await sweep(await office(DAY));
  await sweep(await office(2 * DAY));

  const [mail, ...more] = await repliesTo(to);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('2 replies to your comments');
  expect(mail?.text).toContain('> The first reply.');
  expect(mail?.text).toContain('> A reply elsewhere.');
  expect(mail?.text).not.toContain('taken back');
  expect(mail?.headers['List-Unsubscribe']).toContain('/api/mail/stop/');
});

test('a reply that the stream tells of again is in no other mail, and one that comes too late for the digest has its own', async () => {
  const to = 'late@example.org';
  const { first, wish } = await follower(to);
  await wish('pace=daily');
  const reply = await published('r4@example.org', 'In time.', { parent: first.ref });
  await sweep(await office(DAY));
  const post = (await findComment(stack.table, reply.id))?.post ?? '';
  const again = async (ref: string) => {
    const seat = await commentAt(stack.table, post, ref);
    const key = { kind: 'seat', post, segment: '1', ref } as const;
    await mailAbout(await office(), { key, old: null, new: { ...seat } });
  };

  await again(reply.ref);
  expect(await repliesTo(to)).toHaveLength(1);
  await published('r5@example.org', 'Too late.', { parent: first.ref });

  expect((await repliesTo(to)).map(({ subject }) => subject)).toEqual([
    'One reply to your comments',
    'A reply to your comment on “A chair too few”',
  ]);
});

test('of replies at once all are gathered, and no more than a mail can hold', async () => {
  const day = { person: 'popular', now: new Date(), due: new Date(Date.now() + DAY) };

  const added = await Promise.all(
    Array.from({ length: 60 }, (_, n) => addToDigest(stack.table, 'digest-popular', `c${n}`, day)),
  );

  expect(added).not.toContain(false);
  const item = (await stack.stored())['OUTBOX#digest-popular MAIL'] as { about: string[] };
  expect(new Set(item.about).size).toBe(50);
  expect(item.about).toHaveLength(50);
});

test('what somebody follows is listed with a button for each; with the last one the address goes', async () => {
  const to = 'lists@example.org';
  const { first, cookies, wish } = await follower(to);
  const second = await published(to, 'The second.', { notify: 'on' });
  const listed = async () =>
    (await stack.page('/api/me', { headers: cookies })).document
      .querySelectorAll('button[name=stop]')
      .map((button) => button.getAttribute('value'));

  expect((await listed()).toSorted()).toEqual([first.id, second.id].toSorted());
  const one = await wish(`stop=${first.id}`);
  await published('r6@example.org', 'Nobody hears of this.', { parent: first.ref });
  await published('r7@example.org', 'This one is heard.', { parent: second.ref });
  const heard = (await repliesTo(to)).map(({ text }) => text.includes('This one is heard'));
  const left = await listed();
  const last = await wish(`stop=${second.id}`);

  expect(one.headers.location).toBe('/api/me?done=unfollowed');
  expect(heard).toEqual([true]);
  expect(left).toEqual([second.id]);
  expect(last.headers.location).toBe('/api/me?done=stopped');
  expect(bodyOf(await stack.send('/api/me/export?as=json', { headers: cookies })).mail).toBeNull();
});

test('nobody stops the mails of somebody else, and what is no wish is refused', async () => {
  const { first } = await follower('victim@example.org');
  const { wish } = await follower('meddler@example.org');

  await wish(`stop=${first.id}`);
  const refused = await Promise.all([wish('pace=hourly'), wish('stop=x'), wish(''), wish('mail=no&pace=daily')]);

  await published('r8@example.org', 'Still heard.', { parent: first.ref });
  expect(await repliesTo('victim@example.org')).toHaveLength(1);
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
});
