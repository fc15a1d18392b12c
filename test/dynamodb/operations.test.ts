import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { forgetRules } from '../../functions/rules-in-force.ts';
import { runSchedule } from '../../functions/schedule.ts';
import { hold, seat } from '../../functions/table/comments.ts';
import { move } from '../../functions/table/moves.ts';
import { type PostItem, revisePost } from '../../functions/table/posts.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { bodyOf, cookiesOf, FORM, filled, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';
import { NOW, openWorld, type World } from '../support/world.ts';
import { fillSegment, WORDS } from './accesses.ts';
import { inWords, type Meter, meterEngine, type Units } from './meter.ts';

/** What infra/cost reckons with: written by `npm run test:dynamodb -- -u`, and held to it by every run. */
const FILE = '../../infra/cost/operations.json';
const DOC = readFileSync(new URL('../../docs/access-patterns.md', import.meta.url), 'utf8');

interface Requests {
  head: number;
  put: number;
}

let meter: Meter;
beforeAll(async () => {
  meter = await meterEngine();
});
afterAll(() => meter.close());

test('the operations take what infra/cost/operations.json and docs/access-patterns.md say', async () => {
  const measured = { ...(await ofHandlers()), ...(await ofPublisher()) };

  const text = JSON.stringify({ measuredBy: 'npm run test:dynamodb', operations: measured }, null, 2);
  await expect(`${text}\n`).toMatchFileSnapshot(FILE);
  for (const [name, units] of Object.entries(measured)) expect(DOC).toContain(row(name, units));
});

/** As it stands in docs/access-patterns.md. */
function row(name: string, units: Units & Partial<Requests>): string {
  const { rcu, put = 0, head = 0, ...writes } = units;
  const bucket = put + head > 0 ? `${put} PUT, ${head} HEAD` : '';
  return `| ${name} | ${rcu} RCU | ${inWords({ rcu: 0, ...writes })} | ${bucket} |`;
}

/** A comment on its way through the API with its quotas, without a proof of work, by somebody new and by somebody who was let in before. */
async function ofHandlers() {
  await using stack = await openStack({ limits: { throttle: null } });
  const { slug } = await publishedPost(stack.table);
  const token = await stack.tokenOf({ groups: ['author', 'moderator'] });
  const approve = (id: string) =>
    stack.send('/api/admin/comments/moves', {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      body: JSON.stringify({ comments: [{ id, status: 'pending', ver: 1 }], to: 'approved' }),
    });
  const one = async (act: () => Promise<{ status: number }>, status: number) => {
    await stack.drain();
    // As the first comment in seconds: it reads the rules.
    forgetRules();
    const units = await meter.measure(async () => expect((await act()).status).toBe(status));
    await stack.drain();
    return units;
  };
  const reader = await knownReader(stack, slug, approve);
  let id = '';
  const held = await one(async () => {
    const answer = await stack.json(slug, filled({ name: 'New', email: 'new@example.org', body: WORDS }));
    id = bodyOf(answer).id;
    return answer;
  }, 201);
  return {
    'submit, held': held,
    'moderate, approve': await one(() => approve(id), 200),
    'submit, seated': await one(() => stack.json(slug, filled({ body: WORDS }), reader), 201),
    'submit, sent again': await one(() => stack.json(slug, filled({ body: WORDS }), reader), 201),
    'read a receipt': await one(() => stack.page(`/api/comments/${id}`, { headers: { ...FORM } }), 404),
  };
}

async function knownReader(stack: Stack, slug: string, approve: (id: string) => Promise<unknown>) {
  const first = await stack.json(slug, filled({ body: 'The first.' }));
  await approve(bodyOf(first).id);
  return cookiesOf(first);
}

/** The publisher on what one comment wrote; twelve stand in its segment unless it says otherwise. */
async function ofPublisher() {
  return {
    'publish, seated': await published(twelve, seatOne),
    'publish, approved': await published(twelve, approveOne),
    'publish, full segment': await published(fillSegment, replaceOne),
    'publish, a segment opens': await published(sixteenRoots, seatOne),
    'publish, a step of a sweep': await swept(),
    'schedule, nothing due': await idle(),
  };
}

type Prepare = (table: World['table'], post: PostItem) => Promise<unknown>;

async function published(prepare: Prepare, act: Prepare) {
  await using world = await openWorld();
  const post = await publishedPost(world.table);
  await prepare(world.table, post);
  await publishRecords(world.press(), await world.records());
  const before = (await world.records()).length;
  await act(world.table, post);
  const fresh = (await world.records()).slice(before);
  const { store, counted } = counting(world.press().store);
  const units = await meter.measure(async () => {
    expect(await publishRecords(world.press({ store }), fresh)).toEqual({ batchItemFailures: [] });
  });
  return { ...units, ...counted };
}

/** The first 16 of some 20 segments with as many roots as they take, after a new title. */
async function swept() {
  await using world = await openWorld();
  const post = await publishedPost(world.table);
  for (let i = 0; i < 17 * 16; i++) await seat(world.table, said(post, `${WORDS} ${i}`, { person: `p${i}` }));
  let seen = 0;
  const news = async () => {
    const fresh = (await world.records()).slice(seen);
    seen += fresh.length;
    return fresh;
  };
  for (let due = await news(); due.length > 0; due = await news()) await publishRecords(world.press(), due);
  await revisePost(world.table, post, content({ title: 'Another title' }), NOW);
  await publishRecords(world.press(), await news());
  const step = await news();
  const { store, counted } = counting(world.press().store);
  const units = await meter.measure(() => publishRecords(world.press({ store }), step));
  return { ...units, ...counted };
}

async function twelve(table: World['table'], post: PostItem) {
  for (let i = 0; i < 12; i++) await seat(table, said(post, `${WORDS} ${i}`, { person: `p${i}` }));
}

async function sixteenRoots(table: World['table'], post: PostItem) {
  for (let i = 0; i < 16; i++) await seat(table, said(post, `A root, ${i}.`, { person: `p${i}` }));
}

const seatOne: Prepare = (table, post) => seat(table, said(post, WORDS));

const verdict = (to: 'approved' | 'pending') => ({ to, by: 'test', at: NOW.toISOString(), rule: null });

async function approveOne(table: World['table'], post: PostItem) {
  const words = said(post, WORDS);
  await hold(table, words, 'pending');
  await move(table, words.id, verdict('approved'));
}

/** A verdict on a comment of a segment that takes no more. */
async function replaceOne(table: World['table'], post: PostItem) {
  await move(table, said(post, `${WORDS} 0`, { person: 'p0' }).id, verdict('pending'));
}

function counting({ etag, put }: Store) {
  const counted: Requests = { head: 0, put: 0 };
  const store: Store = {
    etag(key) {
      counted.head += 1;
      return etag(key);
    },
    put(page, over) {
      counted.put += 1;
      return put(page, over);
    },
  };
  return { store, counted };
}

async function idle() {
  await using world = await openWorld();
  await publishedPost(world.table);
  await runSchedule(world.table, NOW);
  return meter.measure(() => runSchedule(world.table, NOW));
}
