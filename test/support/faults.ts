import type { Store } from '../../functions/publisher/store.ts';
import type { Table } from '../../functions/table/table.ts';

/** The process died here: nothing that was to follow happens. */
export class Crash extends Error {
  override name = 'Crash';
}

export type Random = () => number;

/** Mulberry32: the same numbers for the same seed. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(next: Random, from: readonly T[]): T => {
  const chosen = from[Math.floor(next() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

export function shuffled<T>(next: Random, from: readonly T[]): T[] {
  return from
    .map((value) => ({ value, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** Calls that could crash, and crashes, since this file was loaded. */
export const dealt = { calls: 0, crashes: 0 };

/** Before or after any call, with `chance` each: a request that never left, or whose answer never came. */
function crashing<A extends unknown[], R>(next: Random, chance: number, call: (...args: A) => Promise<R>) {
  const crash = (when: 'before' | 'after') => {
    if (next() >= chance) return;
    dealt.crashes++;
    throw new Crash(when);
  };
  return async (...args: A): Promise<R> => {
    dealt.calls++;
    crash('before');
    const result = await call(...args);
    crash('after');
    return result;
  };
}

/** Of a process that dies at the nth chance, from 0, to do so. Two come with each call: before it, and after. */
export function dyingAt(nth: number): Random {
  let drawn = 0;
  return () => (drawn++ === nth ? 0 : 1);
}

export const crashingTable = (table: Table, next: Random, chance: number): Table => ({
  get: crashing(next, chance, table.get) as Table['get'],
  put: crashing(next, chance, table.put),
  putIfAbsent: crashing(next, chance, table.putIfAbsent),
  update: crashing(next, chance, table.update) as Table['update'],
  delete: crashing(next, chance, table.delete),
  query: crashing(next, chance, table.query) as Table['query'],
  count: crashing(next, chance, table.count),
});

export const crashingStore = (store: Store, next: Random, chance: number): Store => ({
  etag: crashing(next, chance, store.etag),
  put: crashing(next, chance, store.put),
});
