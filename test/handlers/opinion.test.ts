import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findComment } from '../../functions/table/comments.ts';
import { publishedPost } from '../support/content.ts';
import { mailsOf } from '../support/mails.ts';
import { type Answers, isSigned, openOpinionServer } from '../support/opinion-server.ts';
import { bodyOf, cookiesOf, FORM, filled, formBody, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const MODERATOR = 'ada@example.org';
const mail = { from: 'stoa@blog.example', moderators: [MODERATOR] };

let stack: Stack;
let service: Awaited<ReturnType<typeof openOpinionServer>>;
let key: string;
let people = 0;

beforeAll(async () => {
  service = await openOpinionServer();
  stack = await openStack({ mail });
  key = process.env.STOA_OPINION_KEY ?? '';
  await publishedPost(stack.table, 'asked', { title: 'Asked' });
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});
beforeEach(() => webhook(() => ({ status: 204 })));

function webhook(answers: Answers, seconds = 2) {
  stack.configure({ mail, opinion: { service: 'webhook', url: service.url, seconds } });
  service.answer(answers);
}

const says = (verdict: string) => () => ({ body: JSON.stringify({ verdict }) });

/** Somebody who was let in before, in their browser: the rules would publish what they write. */
async function regular() {
  const email = `regular-${++people}@example.org`;
  stack.configure({ mail });
  const first = await stack.json('asked', filled({ email, body: `My first, the ${people}.` }));
  await stack.moderate(bodyOf(first).id, 'approved');
  const cookies = cookiesOf(first);
  stack.configure({ mail, opinion: { service: 'webhook', url: service.url } });
  return {
    email,
    cookies,
    say: async (body: string, headers = {}) =>
      bodyOf(await stack.json('asked', filled({ email, body }), { ...cookies, ...headers })),
  };
}

const isShown = async (words: string) => {
  await stack.drain();
  return (await stack.page('/asked/')).text.includes(words);
};

const reword = (id: string, body: string, cookies: Record<string, string>) =>
  stack.send(`/api/comments/${id}/words`, {
    method: 'POST',
    headers: { ...FORM, ...SAME_ORIGIN, ...cookies },
    body: formBody({ body }),
  });

test('without a service in the settings, nobody is asked', async () => {
  const { say } = await regular();
  stack.configure({ mail });

  expect(await say('Between us.')).toMatchObject({ status: 'approved' });
  expect(service.asked).toEqual([]);
});

describe('a webhook', () => {
  test('is asked with a signature, after the comment is kept, and is told no address', async () => {
    const { say, email } = await regular();
    let kept: unknown;
    webhook(async ({ body }) => {
      const { status, reason } = (await findComment(stack.table, JSON.parse(body).id)) ?? {};
      kept = { status, reason };
      return { body: '{"verdict":"ham"}' };
    });

    const told = await say('Shall I bring <b>cups</b>?', { 'x-forwarded-for': '203.0.113.9' });

    const [asked, ...more] = service.asked;
    expect(more).toEqual([]);
    expect(asked && isSigned(asked, key, new Date())).toBe(true);
    expect(asked && isSigned({ ...asked, body: `${asked.body} ` }, key, new Date())).toBe(false);
    expect(asked && isSigned(asked, 'another key', new Date())).toBe(false);
    expect(asked && isSigned(asked, key, new Date(Date.now() + 600_000))).toBe(false);
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      id: told.id,
      article: { title: 'Asked', url: `${stack.server.url}/asked/` },
      answers: null,
      name: 'Mira Okafor',
      website: null,
      words: 'Shall I bring <b>cups</b>?',
      html: '<p>Shall I bring <b>cups</b>?</p>',
      written: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(asked?.body).not.toContain(email);
    expect(asked?.body).not.toContain('127.0.0.1"');
    expect(kept).toEqual({ status: 'pending', reason: 'opinion' });
    expect(told).toMatchObject({ status: 'approved', reason: null });
    expect(await isShown('Shall I bring <b>cups</b>?')).toBe(true);
  });

  test('that has nothing to say leaves it to the rules', async () => {
    const { say } = await regular();

    expect(await say('No objection.')).toMatchObject({ status: 'approved' });
  });

  test('that says spam files it as spam, and its writer stays known', async () => {
    const { say } = await regular();
    webhook(says('spam'));
    const told = await say('Cheap lamps.');
    webhook(says('ham'));

    expect(told).toMatchObject({ status: 'spam', reason: 'opinion.spam' });
    expect(await say('Something else.')).toMatchObject({ status: 'approved' });
  });

  test.each<[string, Answers, number?]>([
    ['says so', says('hold')],
    ['fails', () => ({ status: 500, body: '{"verdict":"ham"}' })],
    ['says what is no verdict', says('maybe')],
    ['says what is no JSON', () => ({ body: 'ham' })],
    ['says far too much', () => ({ body: `{"verdict":"ham","because":"${'x'.repeat(10_000)}"}` })],
    ['sends elsewhere', () => ({ status: 302, headers: { location: '/other' } })],
    ['does not answer in time', () => null, 0.1],
    ['refuses the signature', (asked) => ({ status: isSigned(asked, 'another key', new Date()) ? 204 : 401 })],
  ])('that %s leaves it to a person', async (what, answers, seconds) => {
    const { say } = await regular();
    webhook(answers, seconds);

    const told = await say(`One that ${what}.`);

    expect(told).toMatchObject({ status: 'pending', reason: 'opinion' });
    expect(service.asked.map(({ path }) => path)).toEqual(['/check']);
    expect(await isShown(`One that ${what}.`)).toBe(false);
    await stack.moderate(told.id, 'approved');
    expect(await isShown(`One that ${what}.`)).toBe(true);
  });

  test('that is not there leaves it to a person', async () => {
    const { say } = await regular();
    stack.configure({ mail, opinion: { service: 'webhook', url: 'http://127.0.0.1:1/check' } });

    expect(await say('Nobody home.')).toMatchObject({ status: 'pending', reason: 'opinion' });
  });

  test('cannot let in what the rules hold, and can file it as spam', async () => {
    const stranger = (body: string) =>
      stack.json('asked', filled({ email: `stranger-${++people}@example.org`, body })).then(bodyOf);
    webhook(says('ham'));
    const held = await stranger('I am new here.');
    webhook(says('spam'));

    expect(held).toMatchObject({ status: 'pending', reason: 'first-time' });
    expect(await stranger('I am new here, and sell lamps.')).toMatchObject({ status: 'spam', reason: 'opinion.spam' });
  });

  test('that knows a stranger’s comment for good does not make them known', async () => {
    const rules = { firstTime: false };
    const opinion = { service: 'webhook', url: service.url } as const;
    stack.configure({ mail, opinion, rules });
    const first = await stack.json('asked', filled({ email: 'new@example.org', body: 'Let in by a program.' }));
    await stack.drain();
    stack.configure({ mail });

    const next = await stack.json('asked', filled({ email: 'new@example.org', body: 'And now?' }), cookiesOf(first));

    expect(bodyOf(first)).toMatchObject({ status: 'approved' });
    expect(bodyOf(next)).toMatchObject({ status: 'pending', reason: 'first-time' });
  });

  test('whose asker died leaves the comment waiting; sent again it is that one, and nobody is asked twice', async () => {
    const { say } = await regular();
    const { promise: dead, resolve: die } = Promise.withResolvers<null>();
    webhook(() => {
      die(null);
      return null;
    }, 3);
    const first = say('Written just before the crash.');
    await dead;

    const again = await say('Written just before the crash.');

    expect(again).toMatchObject({ status: 'pending', reason: 'opinion' });
    expect(service.asked).toHaveLength(1);
    expect(await first).toMatchObject({ id: again.id, status: 'pending' });
  });

  test('that answers after a moderator decided changes nothing', async () => {
    const { say } = await regular();
    webhook(async ({ body }) => {
      await stack.moderate(JSON.parse(body).id, 'rejected');
      return { body: '{"verdict":"ham"}' };
    });

    const { id } = await say('Decided meanwhile.');

    expect((await findComment(stack.table, id))?.status).toBe('rejected');
  });

  test('is asked about other words as well: what was published waits for it, and comes back', async () => {
    const { say, cookies } = await regular();
    const { id } = await say('The first words.');
    webhook(says('hold'));
    await reword(id, 'Second words, nobody knows.', cookies);
    const between = [await isShown('The first words.'), await isShown('Second words, nobody knows.')];
    webhook(says('ham'));
    await reword(id, 'Third words, all is well.', cookies);

    expect(between).toEqual([false, false]);
    expect(await isShown('Third words, all is well.')).toBe(true);
    webhook(says('spam'));
    await reword(id, 'Fourth words, for lamps.', cookies);
    expect(await findComment(stack.table, id)).toMatchObject({ status: 'spam' });
  });

  test('cannot bring back what readers reported, nor new words that the rules hold', async () => {
    const { say, cookies } = await regular();
    webhook(says('ham'));
    const reported = await say('Reported words.');
    for (const from of ['127.0.8.1', '127.0.8.2', '127.0.8.3']) {
      await stack.send('/api/posts/asked/report', {
        method: 'POST',
        from,
        headers: { ...FORM, ...SAME_ORIGIN },
        body: formBody({ comment: reported.ref, reason: '' }),
      });
    }
    webhook(says('hold'));
    const waiting = await say('Waiting words.');
    webhook(says('ham'));

    await reword(reported.id, 'Other words.', cookies);
    await reword(waiting.id, 'https://a.example/ https://b.example/ https://c.example/', cookies);

    expect(await findComment(stack.table, reported.id)).toMatchObject({ status: 'pending' });
    expect(await findComment(stack.table, waiting.id)).toMatchObject({ status: 'pending', reason: 'links.some' });
  });
});

test('moderators are not mailed about what was let in or filed within the seconds that it waited', async () => {
  const { say } = await regular();
  webhook(says('ham'));
  await mailsOf(stack);
  const before = (await mailsOf(stack, MODERATOR)).length;

  const { id } = await say('No need to look.');

  expect(await mailsOf(stack, MODERATOR)).toHaveLength(before);
  const due = Object.entries(await stack.stored()).find(([name]) => name.startsWith(`OUTBOX#held-${id}`))?.[1];
  expect(due).toMatchObject({ tries: 0, queue: 'outbox' });
});

describe('Akismet', () => {
  const askAkismet = (answers: Answers) => {
    stack.configure({ mail, opinion: { service: 'akismet', url: service.url } });
    service.answer(answers);
  };

  test.each([
    ['false', 'approved'],
    ['true', 'spam'],
    ['invalid', 'pending'],
  ])('that answers %s makes it %s', async (body, status) => {
    const { say } = await regular();
    askAkismet(() => ({ body }));

    expect(await say(`Akismet says ${body}.`)).toMatchObject({ status });
  });

  test('is told what its documentation asks for, and no e-mail address', async () => {
    const { say, email } = await regular();
    askAkismet(() => ({ body: 'false' }));

    await say('Tea & <b>cake</b>?');

    const [asked] = service.asked;
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      api_key: key,
      blog: `${stack.server.url}/`,
      user_ip: '127.0.0.1',
      permalink: `${stack.server.url}/asked/`,
      comment_type: 'comment',
      comment_author: 'Mira Okafor',
      comment_content: 'Tea & <b>cake</b>?',
      comment_date_gmt: expect.stringMatching(/^\d{4}-.*Z$/),
      blog_charset: 'UTF-8',
    });
    expect(asked?.body).not.toContain(encodeURIComponent(email));
  });
});

test('people are told who is shown what: beside the form, and on the receipt as long as the comment is kept', async () => {
  const { email } = await regular();
  stack.configure({ mail, opinion: { service: 'akismet', url: service.url } });
  service.answer(() => ({ body: 'true' }));
  const sent = await stack.json('asked', filled({ email: `x-${email}`, body: 'Who sees this?' }));
  const form = await stack.page('/api/posts/asked/reply?to=1-1');
  stack.configure({ mail });

  const receipt = await stack.page(`/api/comments/${bodyOf(sent).id}`, { headers: cookiesOf(sent) });

  expect(form.text).toContain('Akismet is shown what you post, and the network address you post from');
  expect(receipt.text).toContain('the network address you wrote from, were shown to Akismet');
  expect(receipt.text).toContain('Another service took it for advertising');
  expect((await stack.page('/api/posts/asked/reply?to=1-1')).text).not.toContain('Akismet');
});
