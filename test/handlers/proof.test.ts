import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { solve } from '../support/proof.ts';
import { bodyOf, cookiesOf, filled, openStack, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';
const WORK = { work: 100, minutes: 10, seconds: 1 };

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ proof: WORK });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

let people = 0;

/** Somebody who was let in before, in their browser. */
async function regular() {
  const email = `regular-${++people}@example.org`;
  const first = await stack.form(SLUG, filled({ email, body: `My first, the ${people}.` }));
  await stack.moderate(first.headers.location?.split('/').at(-1) ?? '', 'approved');
  const cookies = cookiesOf(first);
  return (body: string, more: Record<string, string> = {}) =>
    stack.json(SLUG, filled({ email, body, ...more }), cookies).then(bodyOf);
}

const challenge = async (slug = SLUG) => {
  const answer = await stack.send(`/api/posts/${slug}/challenge`);
  expect(answer.headers['cache-control']).toBe('no-store');
  return bodyOf(answer);
};

/** As long as a challenge asks for, by its own word. */
const wait = ({ seconds }: { seconds: number }) => new Promise((done) => setTimeout(done, seconds * 1000));

async function proved(slug = SLUG): Promise<string> {
  const given = await challenge(slug);
  const [proof] = await Promise.all([solve(given), wait(given)]);
  return proof;
}

test('a program of a regular is let in with a proof, and held without one', async () => {
  const say = await regular();

  expect(await say('With a proof.', { proof: await proved() })).toMatchObject({ status: 'approved', reason: null });
  expect(await say('Without one.')).toMatchObject({ status: 'pending', reason: 'proof.missing' });
  expect(await say('With nonsense.', { proof: 'AAAA' })).toMatchObject({ status: 'pending', reason: 'proof.missing' });
});

test('a proof that comes at once is one of a program', async () => {
  const say = await regular();

  const told = await say('In no time.', { proof: await solve(await challenge()) });

  expect(told).toMatchObject({ status: 'pending', reason: 'proof.hasty' });
});

test('a proof for one article is none for another', async () => {
  await publishedPost(stack.table, 'rooms');
  const say = await regular();

  const told = await say('From next door.', { proof: await proved('rooms') });

  expect(told).toMatchObject({ status: 'pending', reason: 'proof.missing' });
});

test('of twenty comments at once that show one proof, one is let in', async () => {
  const say = await regular();
  const proof = await proved();

  const told = await Promise.all(Array.from({ length: 20 }, (_, i) => say(`The same proof, ${i}.`, { proof })));

  expect(told.filter(({ status }) => status === 'approved')).toHaveLength(1);
  expect(told.filter(({ reason }) => reason === 'proof.missing')).toHaveLength(19);
});

test('the same comment ten times at once is one, with one proof', async () => {
  const say = await regular();
  const proof = await proved();

  const told = await Promise.all(Array.from({ length: 10 }, () => say('Ten times, proved.', { proof })));

  expect(new Set(told.map(({ status, ref }) => `${status} ${ref}`)).size).toBe(1);
  expect(told[0]).toMatchObject({ status: 'approved' });
});

test('what nobody sees is left empty by people; who fills it in is answered as ever, and filed as spam', async () => {
  const sent = await stack.form(SLUG, filled({ email: 'bot@example.org', topic: 'Cheap chairs' }));

  const receipt = await stack.page(sent.headers.location ?? '', { headers: cookiesOf(sent) });

  expect([sent.status, receipt.status]).toEqual([303, 200]);
  expect(receipt.text).toContain('A field that people do not see was filled in');
});

test('where no proof is asked for there is no challenge, and none is missed', async () => {
  stack.configure({ proof: null });
  const say = await regular();

  expect((await stack.send(`/api/posts/${SLUG}/challenge`)).status).toBe(404);
  expect(await say('Without one.')).toMatchObject({ status: 'approved' });
});
