import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '../../functions/moderation/decide.ts';
import { findComment, seat } from '../../functions/table/comments.ts';
import { report, reported } from '../../functions/table/reports.ts';
import { publishedPost, said } from '../support/content.ts';
import { Crash, crashingTable, dyingAt } from '../support/faults.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const at = NOW.toISOString();
const verdict = { to: 'removed', by: 'ada', at, rule: null } as const;

test('a verdict that a crash stopped, wherever it did, answers the reports once it is given again', async () => {
  const post = await publishedPost(world.table);
  let stopped = 0;
  for (let nth = 0, crashed = true; crashed; nth++) {
    const words = said(post, `Reported ${nth}`);
    const ref = await seat(world.table, words);
    await report(world.table, post.id, ref, { reader: 'r1', reason: '', at });
    const { ver } = (await findComment(world.table, words.id)) ?? { ver: 0 };
    const terms = { seen: { status: 'approved', ver }, refusedDays: 90 } as const;
    crashed = await decide(crashingTable(world.table, dyingAt(nth), 0.5), words.id, verdict, terms).then(
      () => false,
      (error) => error instanceof Crash || Promise.reject(error),
    );
    if (crashed) stopped++;

    await decide(world.table, words.id, verdict, terms);

    const { reports } = await reported(world.table, { limit: 100 });
    expect(reports).toEqual([]);
    expect(await findComment(world.table, words.id)).toMatchObject({ status: 'removed', moves: [{}, verdict] });
  }
  expect(stopped).toBeGreaterThan(8);
});
