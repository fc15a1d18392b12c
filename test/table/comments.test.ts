import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY } from '../../functions/domain/allowed-tags.ts';
import { RuleError } from '../../functions/domain/errors.ts';
import { SEGMENT } from '../../functions/domain/thread.ts';
import { underPolicy } from '../../functions/domain/under-policy.ts';
import type { WaitItem } from '../../functions/table/comment-items.ts';
import { commentAt, completeApproval, findComment, hold, seat } from '../../functions/table/comments.ts';
import { count, total } from '../../functions/table/counters.ts';
import { waitKey } from '../../functions/table/keys.ts';
import { move } from '../../functions/table/moves.ts';
import { isTrusted } from '../../functions/table/people.ts';
import { queueOf } from '../../functions/table/queue.ts';
import { readCtl, readHead, readSegment, segmentsOf } from '../../functions/table/segments.ts';
import type { Table } from '../../functions/table/table.ts';
import { publishedPost, said } from '../support/content.ts';
import { random, shuffled } from '../support/faults.ts';
import { age } from '../support/older-policy.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const to = (status: 'approved' | 'spam' | 'pending' | 'removed' | 'rejected') => ({
  to: status,
  by: 'test',
  at: NOW.toISOString(),
  rule: null,
});

test('the same words held ten times at once are one comment', async () => {
  const post = await publishedPost(world.table, 'held-ten');
  const words = said(post, 'once');

  const held = await Promise.all(Array.from({ length: 10 }, () => hold(world.table, words, 'pending')));

  expect(held.filter(Boolean)).toHaveLength(1);
});

test('the same words seated ten times at once have one seat', async () => {
  const post = await publishedPost(world.table, 'seated-ten');

  const seats = await Promise.all(Array.from({ length: 10 }, () => seat(world.table, said(post, 'once'))));

  const { comments } = await readSegment(world.table, post.id, '1');
  expect(new Set(seats).size).toBe(1);
  expect(comments.map(({ at }) => at)).toEqual([seats[0]]);
});

test('ten moderators who approve at once give one seat', async () => {
  const post = await publishedPost(world.table, 'approved-ten');
  const words = said(post, 'wait for me');
  await hold(world.table, words, 'pending');

  await Promise.all(Array.from({ length: 10 }, () => move(world.table, words.id, to('approved'))));

  const { comments } = await readSegment(world.table, post.id, '1');
  expect(comments.map(({ source, status }) => [source, status])).toEqual([['wait for me', 'approved']]);
});

test('no gate of a segment is ever passed, however many come at once', async () => {
  const post = await publishedPost(world.table, 'gates');
  const root = said(post, 'root');
  const at = await seat(world.table, root);
  const answers = Array.from({ length: 60 }, (_, i) => said(post, `reply ${i}`, { parent: { at, root: null } }));
  const roots = Array.from({ length: 40 }, (_, i) => said(post, `root ${i}`));

  await Promise.all([...answers, ...roots].map((words) => seat(world.table, words)));

  const head = await readHead(world.table, post.id);
  const controls = await Promise.all(segmentsOf(head).map((segment) => readCtl(world.table, post.id, segment)));
  for (const ctl of controls.filter((one) => one !== null)) {
    expect(ctl.n).toBeLessThanOrEqual(SEGMENT.seats);
    expect(ctl.roots).toBeLessThanOrEqual(SEGMENT.roots);
    expect(Math.max(0, ...Object.values(ctl.k))).toBeLessThanOrEqual(SEGMENT.repliesPerRoot);
  }
  const read = await Promise.all(segmentsOf(head).map((segment) => readSegment(world.table, post.id, segment)));
  expect(read.flatMap(({ comments }) => comments)).toHaveLength(101);
});

test('spam takes trust away again, and a late approval record does not bring it back', async () => {
  const post = await publishedPost(world.table, 'trust');
  const words = said(post, 'nice at first', { person: 'turncoat' });
  await hold(world.table, words, 'pending');
  await move(world.table, words.id, to('approved'));
  const before = await isTrusted(world.table, 'turncoat', words.reader);

  await move(world.table, words.id, to('spam'));

  expect([before, await isTrusted(world.table, 'turncoat', words.reader)]).toEqual([true, false]);
});

test('a verdict that is given again does what a crash kept it from', async () => {
  const post = await publishedPost(world.table, 'verdicts');
  const words = said(post, 'half a verdict', { person: 'halfway' });
  await hold(world.table, words, 'pending');
  await move(world.table, words.id, to('approved'));
  const put: Table['put'] = (key, ...rest) =>
    key.pk.startsWith('PERSON#') ? Promise.reject(new Error('died')) : world.table.put(key, ...rest);
  await expect(move({ ...world.table, put }, words.id, to('spam'))).rejects.toThrow('died');

  await move(world.table, words.id, to('spam'));

  expect(await isTrusted(world.table, 'halfway', words.reader)).toBe(false);
});

test('what is held and seated in the same instant leaves the queue with the next verdict, and keeps its seat', async () => {
  const post = await publishedPost(world.table, 'twins');
  const words = said(post, 'two browsers');
  await hold(world.table, words, 'pending');
  const at = await seat(world.table, words);

  const moved = await move(world.table, words.id, to('approved'));

  const waiting = (await queueOf(world.table, 'pending')).comments.map(({ id }) => id);
  expect(moved).toMatchObject({ at, status: 'approved' });
  expect(waiting).not.toContain(words.id);
});

test('spam can be found and let in', async () => {
  const post = await publishedPost(world.table, 'spam-queue');
  const words = said(post, 'eleven links, all of them good');
  await hold(world.table, words, 'spam');
  const found = (await queueOf(world.table, 'spam')).comments.map(({ id }) => id);

  const moved = await move(world.table, words.id, to('approved'));

  expect(found).toContain(words.id);
  expect(moved?.status).toBe('approved');
});

describe('a comment that waited under an older policy', () => {
  const anew = { html: '<p>fine <b>words</b></p>', removed: ['u'], policy: POLICY };

  async function aged(slug: string) {
    const post = await publishedPost(world.table, slug);
    const words = said(post, 'fine <b>words</b><u>');
    await hold(world.table, words, 'pending');
    await age(world.table, words.id);
    return { post, id: words.id, before: await findComment(world.table, words.id) };
  }

  test('is sanitized anew in the one write that lets it in, and weighs in its segment what it is then', async () => {
    const { post, id } = await aged('policy');
    const updates: string[] = [];
    const update: Table['update'] = (key, ...rest) => {
      updates.push(key.sk);
      return world.table.update(key, ...rest);
    };

    const moved = await move({ ...world.table, update }, id, to('approved'), { anew: underPolicy });

    const wait = await world.table.get<WaitItem>(waitKey(id));
    expect([moved, wait]).toMatchObject([anew, { ...anew, at: moved?.at, status: 'approved', ver: 2 }]);
    expect(updates.filter((sk) => sk === 'WAIT')).toHaveLength(1);
    expect((await readCtl(world.table, post.id, '1'))?.bytes).toBe(anew.html.length);
  });

  test('takes its seat with those words, whoever puts it there after a crash', async () => {
    const { id } = await aged('policy-crash');
    const putIfAbsent: Table['putIfAbsent'] = (key, item) =>
      key.sk.startsWith('C#') ? Promise.reject(new Error('died')) : world.table.putIfAbsent(key, item);
    const dying = { ...world.table, putIfAbsent };
    await expect(move(dying, id, to('approved'), { anew: underPolicy })).rejects.toThrow('died');
    const wait = (await world.table.get<WaitItem>(waitKey(id))) as WaitItem;

    await completeApproval(world.table, wait);

    expect(await commentAt(world.table, wait.post, wait.at ?? '')).toMatchObject({ ...anew, status: 'approved' });
  });

  test('is let in by nobody who cannot sanitize it, nor against the policy of today; and no seat is lost', async () => {
    const { post, id, before } = await aged('policy-refused');
    const refuse = () => {
      throw new RuleError('comment.empty');
    };

    await expect(move(world.table, id, to('approved'))).rejects.toThrow('is of another policy');
    await expect(move(world.table, id, to('approved'), { anew: refuse })).rejects.toThrow('comment.empty');

    expect(await findComment(world.table, id)).toEqual(before);
    expect(await readCtl(world.table, post.id, '1')).toBeNull();
  });

  test('is not looked at when it is not let in', async () => {
    const { id, before } = await aged('policy-spam');

    expect(await move(world.table, id, to('spam'))).toMatchObject({ html: before?.html, policy: before?.policy });
  });
});

test('a removed comment keeps its seat and loses its words everywhere', async () => {
  const post = await publishedPost(world.table, 'removed');
  const words = said(post, 'words to lose');
  await hold(world.table, words, 'pending');
  const approved = await move(world.table, words.id, to('approved'));

  const removed = await move(world.table, words.id, to('removed'));

  expect(removed).toMatchObject({ at: approved?.at, status: 'removed', html: '', source: '' });
  const { items } = await world.table.query({ pk: `COMMENT#${words.id}` });
  expect(JSON.stringify(items)).not.toContain('words to lose');
});

test('each move is recorded: who, when, by which rule', async () => {
  const post = await publishedPost(world.table, 'recorded');
  const words = said(post, 'a life');
  await hold(world.table, words, 'pending');

  await move(world.table, words.id, to('approved'));
  const found = await move(world.table, words.id, to('pending'));

  expect(found?.moves.map((m) => [m.to, m.by, m.rule])).toEqual([
    ['pending', 'rules', 'first-time'],
    ['approved', 'test', null],
    ['pending', 'test', null],
  ]);
});

test('the queue gives what waits, newest first, a page at a time, wherever it stands', async () => {
  await using queue = await openWorld();
  const post = await publishedPost(queue.table, 'queue');
  for (let i = 0; i < 7; i++) {
    const created = new Date(NOW.getTime() + i).toISOString();
    await hold(queue.table, { ...said(post, `held ${i}`), created }, 'pending');
  }
  const first = await queueOf(queue.table, 'pending', { limit: 4 });
  const id = first.comments[0]?.id ?? '';
  await move(queue.table, id, to('approved'));
  await move(queue.table, id, to('pending'));

  const second = await queueOf(queue.table, 'pending', { limit: 4, after: first.next });
  const all = await queueOf(queue.table, 'pending');

  expect([...first.comments, ...second.comments].map(({ source }) => source)).toEqual(
    [6, 5, 4, 3, 2, 1, 0].map((i) => `held ${i}`),
  );
  expect(all.comments.map((comment) => comment.id)).toContain(id);
});

test('a move that MOVES lacks is refused and changes nothing', async () => {
  const post = await publishedPost(world.table, 'refused');
  const words = said(post, 'never');
  await hold(world.table, words, 'pending');
  await move(world.table, words.id, to('rejected'));

  await expect(move(world.table, words.id, to('approved'))).rejects.toThrow('comment.move');

  expect((await findComment(world.table, words.id))?.status).toBe('rejected');
});

test('counters that are written late, twice and out of order end at the newest state of every segment', async () => {
  const post = await publishedPost(world.table, 'counters');
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const next = random(seed);
      const name = `${post.id}-${run++}`;
      const states = ['1', '2', '57', 't3', '130'].flatMap((segment) =>
        [1, 2, 3].map((version) => ({ segment, register: [version, (version * 7) % 4] as const })),
      );

      for (const { segment, register } of shuffled(next, [...states, ...states.slice(5)])) {
        await count(world.table, name, segment, register);
      }

      expect(await total(world.table, name)).toEqual([15, 5 * ((3 * 7) % 4)]);
    }),
    { numRuns: 5 },
  );
});
