import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepLink, spendLink } from '../../functions/table/links.ts';
import { spendProof } from '../../functions/table/proofs.ts';
import { chargePost } from '../../functions/table/quotas.ts';
import type { Table } from '../../functions/table/table.ts';
import { countsOf } from '../support/counts.ts';
import { random } from '../support/faults.ts';
import { type Faults, injectFaults } from '../support/faulty-client.ts';
import { seeds } from '../support/seeds.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

const CALLERS = 100;
const RATE = { perMinute: 20, burst: 40 };

const faults: Faults = { next: Math.random, chance: 0.02, operations: 0, dealt: 0 };

let world: World;
let faulty: Table;
beforeAll(async () => {
  world = await openWorld();
  faulty = world.through((client) => injectFaults(client, faults));
});
afterAll(() => world[Symbol.asyncDispose]());

let names = 0;

/** What each of many callers at once heard; null where it heard of a fault alone. */
async function asked<T>(call: (n: number) => Promise<T>): Promise<({ answer: T } | null)[]> {
  return Promise.all(
    Array.from({ length: CALLERS }, (_, n) =>
      call(n).then(
        (answer) => ({ answer }),
        () => null,
      ),
    ),
  );
}

const won = <T>(heard: ({ answer: T } | null)[], wins: (answer: T) => boolean) =>
  heard.filter((one) => one && wins(one.answer)).length;

test('of 100 at once, under faults, no more win a token, a proof or a place in a bucket than there are', async (context) => {
  const counts = countsOf(context);
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      faults.next = random(seed);
      const name = `n${++names}`;
      const until = new Date(NOW.getTime() + 60_000).toISOString();
      await keepLink(world.table, name, { person: 'p', address: 'a', to: 'open', until });

      const links = await asked(() => spendLink(faulty, name, 'open', NOW));
      const proofs = await asked((n) => spendProof(faulty, name, `comment-${n}`, NOW));
      const places = await asked(() => chargePost(faulty, name, RATE, NOW));
      const again = await Promise.all(proofs.map((_, n) => spendProof(world.table, name, `comment-${n}`, NOW)));

      const over = [
        won(links, Boolean) > 1,
        won(proofs, Boolean) > 1,
        won(places, (wait) => wait === null) > RATE.burst,
      ];
      const taken = again.filter(Boolean).length;
      const changed = proofs.filter((one, n) => one?.answer === true && !again[n]).length;
      counts.losses += over.filter(Boolean).length + changed + Math.abs(taken - 1);
      expect({ over, taken, changed }).toEqual({ over: [false, false, false], taken: 1, changed: 0 });
      expect(await spendLink(world.table, name, 'open', NOW)).toBe(null);
    }),
    seeds(4),
  );
  expect(faults.dealt).toBeGreaterThan(0);
  Object.assign(counts, { operations: faults.operations, faults: faults.dealt });
}, 3_600_000);
