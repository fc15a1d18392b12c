import { afterAll, beforeAll, expect, test } from 'vitest';
import { findComment, seat } from '../../functions/table/comments.ts';
import { erase, writerOf } from '../../functions/table/erasure.ts';
import { bindKey } from '../../functions/table/keys.ts';
import { publishedPost, said } from '../support/content.ts';
import { Crash, crashingTable, dyingAt } from '../support/faults.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** All chances before BIND is written, the last of the writes. */
test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'erasing that stopped at its chance %i is still of its writer, and goes on',
  async (nth) => {
    const { table } = world;
    const comment = said(await publishedPost(table, `stopped-${nth}`), 'To be erased.');
    await seat(table, comment);
    const found = await findComment(table, comment.id);
    if (!found) throw new Error('it is not seated');
    const dying = erase(crashingTable(table, dyingAt(nth), 0.5), found, NOW.toISOString());
    await expect(dying).rejects.toThrow(Crash);

    const left = await findComment(table, comment.id);
    if (!left) throw new Error('it has no seat any more');
    expect(await writerOf(table, left)).toBe(comment.person);
    expect(await erase(table, left, NOW.toISOString())).toBe(true);

    expect(await findComment(table, comment.id)).toMatchObject({ person: 'nobody', source: '', html: '' });
    expect(await table.get(bindKey(comment.id))).toMatchObject({ person: 'nobody' });
  },
);
