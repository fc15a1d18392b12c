import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Settings } from '../../functions/domain/settings.ts';
import { publishedPost } from '../support/content.ts';
import { bodyOf, FORM, filled, formBody, JSON_TYPE, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

const RARELY = { perMinute: 0.01, burst: 2, perDay: 30 };

let stories = 0;
let slug: string;

/** Every story has an article and a street of addresses of its own. */
beforeEach(async () => {
  slug = `rooms-${++stories}`;
  await publishedPost(stack.table, slug);
});

const limit = (limits: Partial<Settings['limits']>) =>
  stack.configure({ limits: { throttle: null, address: null, post: null, pending: null, ...limits } });
const house = (n: number) => `127.0.${stories}.${n}`;
const waiting = async () =>
  Object.values(await stack.stored()).filter((item) => (item as { queue?: string }).queue === 'held').length;

let people = 0;
const stranger = () => filled({ email: `person-${++people}@example.org`, body: `Words, the ${people}.` });

const post = (n: number, headers: Record<string, string> = {}, fields = stranger(), on = slug) =>
  stack.send(`/api/posts/${on}/comments`, {
    method: 'POST',
    from: house(n),
    body: formBody(fields),
    headers: { ...FORM, ...SAME_ORIGIN, ...headers },
  });

/** As API Gateway hands it on, with a viewer's address that loopback has not. */
async function from(viewer: string): Promise<number> {
  const { originSecret } = stack.server.platform.connection.secrets;
  const event = {
    headers: { ...FORM, ...SAME_ORIGIN, 'x-stoa-origin': originSecret, 'x-stoa-viewer': viewer },
    pathParameters: { slug },
    requestContext: {
      routeKey: 'POST /api/posts/{slug}/comments',
      http: { method: 'POST', sourceIp: '198.51.100.9' },
    },
    body: formBody(stranger()),
  };
  const reply = await stack.server.platform.functions.comments(event as never, {} as never);
  return (reply as { statusCode: number }).statusCode;
}

test('who sends too much is told when to come back, keeps their words, and leaves nothing behind', async () => {
  limit({ address: RARELY });
  await post(2);
  await post(2);
  const before = await stack.stored();

  const page = await post(2, {}, filled({ body: 'Still <em>here</em>.' }));
  const json = await stack.send(`/api/posts/${slug}/comments`, {
    method: 'POST',
    from: house(2),
    body: JSON.stringify(stranger()),
    headers: { ...JSON_TYPE, ...SAME_ORIGIN },
  });

  expect([page.status, json.status]).toEqual([429, 429]);
  expect(Number(page.headers['retry-after'])).toBeGreaterThan(5_900);
  expect(page.text).toContain('Still &lt;em>here&lt;/em>.');
  expect(bodyOf(json)).toMatchObject({
    status: 429,
    code: 'quota.address',
    detail: expect.stringContaining('2 hours'),
  });
  expect(await stack.stored()).toEqual(before);
});

test('another address is another bucket', async () => {
  limit({ address: RARELY });
  for (let i = 0; i < 3; i += 1) await post(2);

  expect((await post(3)).status).toBe(303);
});

test('no header that a client writes makes it somebody else', async () => {
  limit({ address: RARELY });
  const disguises = ['x-forwarded-for', 'x-stoa-viewer', 'x-real-ip', 'forwarded', 'cloudfront-viewer-address'];

  const answers: number[] = [];
  for (const [i, name] of disguises.entries()) answers.push((await post(2, { [name]: `203.0.113.${i}` })).status);

  expect(answers).toEqual([303, 303, 429, 429, 429]);
});

test('the edge’s word for the viewer counts, not the edge’s own address', async () => {
  limit({ address: RARELY });

  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => from(`203.0.113.${n}`)))).toEqual([303, 303, 303, 303, 303]);
});

test('a household of IPv6 is one, its neighbour another', async () => {
  limit({ address: RARELY });

  const answers = [await from('2001:db8:1:2::1'), await from('2001:db8:1:2:aa::7'), await from('2001:db8:1:2:3:4:5:6')];

  expect(answers).toEqual([303, 303, 429]);
  expect(await from('2001:db8:1:3::1')).toBe(303);
});

test('an address is kept as a hash alone', async () => {
  limit({ address: RARELY });
  await post(77);

  const stored = await stack.stored();

  const buckets = Object.keys(stored).filter((key) => key.startsWith('RL#comment#'));
  expect(buckets.length).toBeGreaterThan(0);
  expect(buckets.filter((key) => !/^RL#comment#[\w-]{43} RL$/.test(key))).toEqual([]);
  expect(JSON.stringify(stored)).not.toContain(house(77));
});

test('strangers share what an article takes at once; another article has its own', async () => {
  limit({ post: { perMinute: 0.01, burst: 3 } });
  const answers = [];
  for (let n = 2; n < 6; n += 1) answers.push(await post(n));
  await publishedPost(stack.table, 'chairs');

  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 429]);
  expect(answers[3]?.text).toContain('Many people are talking here');
  expect((await post(9, {}, stranger(), 'chairs')).status).toBe(303);
});

test('once the queue is full, strangers are asked to come back, and keep their words', async () => {
  const before = await waiting();
  limit({ pending: before + 2 });
  await post(2);
  await post(2);

  const late = await post(2, {}, filled({ email: 'late@example.org', body: 'One too many.' }));

  expect([late.status, late.headers['retry-after']]).toEqual([503, '900']);
  expect(late.text).toContain('One too many.');
  expect(await waiting()).toBe(before + 2);
});

test('a reader who is known is shut out neither by a full queue nor by others on the article', async () => {
  limit({ pending: (await waiting()) + 1, post: { perMinute: 0.01, burst: 2 } });
  const fields = stranger();
  const first = await post(2, {}, fields);
  await stack.moderate(first.headers.location?.split('/').at(-1) ?? '', 'approved');
  await post(3);
  expect((await post(3)).status).toBe(503);

  const cookie = first.cookies[0]?.split(';')[0] ?? '';
  const again = await post(2, { cookie }, { ...fields, body: 'And I am known.' });

  expect([again.status, again.headers.location?.length]).toEqual([303, '/api/comments/'.length + 32]);
});

test('every quota can be switched off', async () => {
  limit({ address: null, post: null, pending: null });

  const answers = await Promise.all(Array.from({ length: 45 }, () => post(2)));

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
});
