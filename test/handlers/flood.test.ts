import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import {
  cookiesOf,
  type Fields,
  FORM,
  filled,
  formBody,
  openStack,
  SAME_ORIGIN,
  type Stack,
} from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const ADDRESSES = 50;
const EACH = 40;
/** Requests on their way at once. */
const HOSES = 8;

let stack: Stack;
beforeAll(async () => {
  // The quotas that are the defaults; the gateway's throttle, which counts all alike, is not what is told of here.
  stack = await openStack({ limits: { throttle: null } });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const post = (from: string, fields: Fields, headers: Record<string, string> = {}) =>
  stack.send(`/api/posts/${SLUG}/comments`, {
    method: 'POST',
    from,
    body: formBody(fields),
    headers: { ...FORM, ...SAME_ORIGIN, ...headers },
  });

const waiting = async () =>
  Object.values(await stack.stored()).filter((item) => (item as { queue?: string }).queue === 'held').length;

/** As the answer says, for as long as it takes. */
async function patiently(from: string, fields: Fields): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const { status, headers } = await post(from, fields);
    if (status !== 429) return status;
    if (tries === 30) throw new Error(`turned away ${tries} times`);
    await new Promise((done) => setTimeout(done, Number(headers['retry-after']) * 1000));
  }
}

test('a flood of 2,000 comments from 50 addresses leaves the site readable, the queue bounded, and real readers able to comment', async () => {
  const regular = { email: 'regular@example.org' };
  const first = await post('127.1.0.1', filled({ ...regular, body: 'Here before the flood.' }));
  await stack.moderate(first.headers.location?.split('/').at(-1) ?? '', 'approved');
  await stack.drain();
  const statuses = new Map<number, number>();
  let poured = 0;
  const pour = async () => {
    for (let i = poured++; i < ADDRESSES * EACH; i = poured++) {
      const [address, n] = [i % ADDRESSES, Math.floor(i / ADDRESSES)];
      const fields = filled({ email: `bot-${address}-${n}@example.org`, body: `Buy benches, ${address}, ${n}.` });
      const { status } = await post(`127.2.0.${address + 1}`, fields);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };

  const flood = Promise.all(Array.from({ length: HOSES }, pour));
  const read = await stack.page(`/${SLUG}/`);
  const known = await post('127.1.0.1', filled({ ...regular, body: 'Here in the flood.' }), cookiesOf(first));
  const stranger = await patiently('127.1.0.2', filled({ email: 'stranger@example.org', body: 'New here.' }));
  await flood;
  await stack.drain();
  const after = await stack.page(`/${SLUG}/`);

  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(ADDRESSES * EACH);
  expect([...statuses.keys()].toSorted()).toEqual([303, 429]);
  // What an article takes at once, and what it takes a minute for as long as this ran.
  expect(await waiting()).toBeLessThanOrEqual(ADDRESSES * 5);
  expect(statuses.get(303)).toBeGreaterThanOrEqual(30);
  expect([read.status, known.status, stranger, after.status]).toEqual([200, 303, 303, 200]);
  expect(after.text).toContain('Here in the flood.');
  expect(after.text).not.toContain('Buy benches');
}, 300_000);
