import { afterAll, beforeAll, expect, test } from 'vitest';
import { report, reported } from '../../functions/table/reports.ts';
import { Crash, crashingTable, dyingAt } from '../support/faults.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const by = (reader: string) => ({ reader, reason: 'It is rude', at: NOW.toISOString() });

test.each([0, 1, 2, 3, 4, 5])(
  'a report that a crash stopped at its chance %i counts once when it is sent again',
  async (nth) => {
    const post = `crashed-${nth}`;
    const dying = report(crashingTable(world.table, dyingAt(nth), 0.5), post, '1-1', by('r1'));
    await expect(dying).rejects.toThrow(Crash);

    await report(world.table, post, '1-1', by('r1'));
    await report(world.table, post, '1-1', by('r1'));

    const { reports } = await reported(world.table, { limit: 100 });
    expect(reports.filter((one) => one.post === post)).toMatchObject([{ n: 1, reasons: ['It is rude'] }]);
  },
);

test('ten reports at once from one address count once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => report(world.table, 'eager', '1-1', by('r1'))));

  expect(await report(world.table, 'eager', '1-1', by('r2'))).toBe(2);
});
