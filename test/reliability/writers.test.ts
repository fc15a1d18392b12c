import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readEnv } from '../../functions/env.ts';
import { registerOf } from '../../functions/publisher/state.ts';
import { openPress, publishRecords } from '../../functions/publisher.ts';
import type { CommentItem, WaitItem } from '../../functions/table/comment-items.ts';
import { total } from '../../functions/table/counters.ts';
import type { PostItem } from '../../functions/table/posts.ts';
import { readHead, readSegment, segmentsOf } from '../../functions/table/segments.ts';
import { openFailureFolder } from '../../infra/operator/failure-folder.ts';
import { replay } from '../../infra/operator/replay.ts';
import { publishedPost } from '../support/content.ts';
import { type Counts, countsOf } from '../support/counts.ts';
import { Crash, random, shuffled } from '../support/faults.ts';
import { type Faults, injectFaults } from '../support/faulty-client.ts';
import { seeds } from '../support/seeds.ts';
import { bodyOf, filled, openStack, type Stack } from '../support/stack.ts';

const WRITERS = 200;
/** Of each kind, at each attempt, while people write; and while a batch of records is published, which is many calls. */
const OFTEN = 0.03;
const SELDOM = 0.002;

const faults: Faults = { next: Math.random, chance: 0, operations: 0, dealt: 0 };

let stack: Stack;
beforeAll(async () => {
  const from = DynamoDBDocumentClient.from;
  vi.spyOn(DynamoDBDocumentClient, 'from').mockImplementation((client, config) => {
    injectFaults(client as Parameters<typeof injectFaults>[0], faults);
    return from(client, config);
  });
  stack = await openStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

let articles = 0;

test('of 200 writers at once, under faults, what was acknowledged is published once and counted, and what was refused is nowhere', async (context) => {
  const counts = countsOf(context);
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const post = await publishedPost(stack.table, `article-${++articles}`);
      faults.next = random(seed);

      faults.chance = OFTEN;
      const history = await Promise.all(
        Array.from({ length: WRITERS }, (_, n) => write(post, n, KINDS[n % KINDS.length])),
      );
      faults.chance = SELDOM;
      const kept = await keptIds();
      for (const entry of history) if (entry.received) entry.id ??= kept(entry.canary)[0] ?? null;
      faults.chance = OFTEN;
      const accepted = history.filter(({ id }) => id !== null);
      await Promise.all(shuffled(faults.next, accepted).map(({ id }) => approve(id ?? '')));
      faults.chance = SELDOM;
      await stack.drain();
      faults.chance = 0;
      await recover();

      const losses = await lossesOf(post, history);
      counts.losses += losses.length;
      expect(losses).toEqual([]);
      expect(accepted.length).toBeGreaterThan(WRITERS / 2);
    }),
    seeds(2),
  );
  expect(faults.dealt).toBeGreaterThan(WRITERS);
  add(counts);
}, 3_600_000);

type Kind = 'once' | 'until heard' | 'ten at once' | 'impatient' | 'too long' | 'to nobody';
const KINDS: Kind[] = ['once', 'until heard', 'until heard', 'ten at once', 'impatient', 'too long', 'to nobody'];

/**
 * What a writer saw: an id, or that it was received (ok), a refusal (fail), or nothing that can be relied upon (unknown).
 * Who lost the first answer, and its cookie with it, hears no id when they send the words again.
 */
interface Entry {
  canary: string;
  id: string | null;
  received: boolean;
  refused: boolean;
  /** The sent-again were not one comment. */
  torn: boolean;
}

async function write(post: PostItem, n: number, kind: Kind = 'once'): Promise<Entry> {
  const canary = `canary${articles}x${n}x`;
  const body = kind === 'too long' ? `${canary} ${'x'.repeat(9_000)}` : `${canary} said something.`;
  const words = filled({ name: `W ${n}`, email: `w${articles}x${n}@example.org`, body });
  const send = () =>
    stack.json(post.slug, kind === 'to nobody' ? { ...words, parent: '99-9' } : words).catch(() => null);
  const first = kind === 'impatient' ? leave(send()) : undefined;
  await first;
  const answers = await Promise.all(Array.from({ length: kind === 'ten at once' ? 10 : 1 }, send));
  const ids = new Set<string>();
  const heard = (answer: Awaited<ReturnType<typeof send>>) => {
    const { id } = answer?.status === 201 ? bodyOf(answer) : { id: null };
    if (id) ids.add(id);
    return answer && answer.status < 500 ? answer.status : null;
  };
  const statuses: (number | null)[] = answers.map(heard);
  for (let turn = 0; kind !== 'once' && !statuses.some((status) => status !== null) && turn < 20; turn++)
    statuses.push(heard(await send()));
  const refused = statuses.some((status) => status !== null && status >= 400);
  return { canary, id: [...ids][0] ?? null, received: statuses.includes(201), refused, torn: ids.size > 1 };
}

/** The ids that a writer's words are kept under: one, if all is well. */
async function keptIds(): Promise<(canary: string) => string[]> {
  const kept = Object.values(await stack.stored()) as (CommentItem | WaitItem)[];
  return (canary) => [...new Set(kept.filter(({ source }) => source?.startsWith(`${canary} `)).map(({ id }) => id))];
}

/** Goes away before the answer comes. */
const leave = (sent: Promise<unknown>) => Promise.race([sent, sleep(faults.next() * 50)]);

/** Again and again, as a moderator who sees an error does. */
async function approve(id: string): Promise<void> {
  for (;;) {
    try {
      return await stack.moderate(id, 'approved');
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }
}

const isFault = (error: unknown) =>
  error instanceof Crash || /ThrottlingException|socket hang up/.test(String((error as Error).message));

/** As the runbook says: what the publisher gave up on is handed to it again. */
async function recover(): Promise<void> {
  await stack.drain();
  const failures = openFailureFolder(`${stack.dataDir}/failures`);
  const press = openPress(readEnv());
  for await (const { outcome } of replay({
    table: stack.table,
    followers: { publisher: (records) => publishRecords(press, records) },
    failures,
  })) {
    expect(outcome).toBe('published');
  }
  await stack.drain();
}

async function lossesOf(post: PostItem, history: readonly Entry[]): Promise<string[]> {
  const kept = await keptIds();
  const pages = await pagesOf(post.slug);
  const segments = pages
    .filter(({ key }) => key.includes('/comments/'))
    .map(({ text }) => text)
    .join('\n');
  const all = pages.map(({ text }) => text).join('\n');
  const times = (canary: string) => segments.split(`${canary} `).length - 1;

  const lost = history.flatMap(({ canary, id, received, refused, torn }) => [
    ...(torn || kept(canary).length > 1 ? [`${canary} is two comments`] : []),
    ...(received && (id === null || !kept(canary).includes(id)) ? [`${canary} was acknowledged and is not kept`] : []),
    ...(id !== null && times(canary) !== 1 ? [`${canary} was approved and stands ${times(canary)} times`] : []),
    ...(id === null && all.includes(`${canary} `) ? [`${canary} was approved by nobody and is public`] : []),
    ...(refused && id === null && kept(canary).length > 0 ? [`${canary} was refused and is kept`] : []),
  ]);
  return [...lost, ...(await miscounted(post)), ...(await differing())];
}

async function pagesOf(slug: string): Promise<{ key: string; text: string }[]> {
  const { bucket } = stack.server.platform;
  const keys = (await bucket.list(`${slug}/`)).map(({ key }) => key);
  return Promise.all(keys.map(async (key) => ({ key, text: String((await bucket.get(key))?.body) })));
}

async function miscounted({ id, slug }: PostItem): Promise<string[]> {
  const segments = await Promise.all(
    segmentsOf(await readHead(stack.table, id)).map((s) => readSegment(stack.table, id, s)),
  );
  const recount = registerOf(segments.flatMap(({ comments }) => comments));
  const counted = await total(stack.table, id);
  return JSON.stringify(counted) === JSON.stringify(recount) ? [] : [`${slug} counts ${counted}, and has ${recount}`];
}

/** Pages that a rebuild makes otherwise than the increments did. */
async function differing(): Promise<string[]> {
  const list = async () => new Map((await stack.server.platform.bucket.list()).map(({ key, etag }) => [key, etag]));
  const before = await list();
  await stack.server.platform.run('republish', { fresh: true });
  return [...(await list())]
    .filter(([key, etag]) => before.get(key) !== etag)
    .map(([key]) => `${key} is rebuilt otherwise`);
}

function add(counts: Counts): void {
  counts.operations += faults.operations;
  counts.faults += faults.dealt;
}
