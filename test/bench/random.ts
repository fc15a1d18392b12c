export interface Random {
  /** From 0 up to, not including, `n`. */
  below(n: number): number;
  chance(share: number): boolean;
  /** The first of a list much more often than the last, as words are used. */
  pick<T>(list: readonly T[]): T;
  /** Each of a list as often as the others. */
  any<T>(list: readonly T[]): T;
}

/** 1 would be no preference; at 1.5 the first tenth of a list is a fifth of what is picked. */
const STEEP = 1.5;

/** The same numbers for the same seed, on every machine (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const at = <T>(list: readonly T[], i: number): T => {
    const found = list[i];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => at(list, Math.floor(list.length * next() ** STEEP)),
    any: (list) => at(list, below(list.length)),
  };
}
