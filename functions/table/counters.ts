import { counterKey } from './keys.ts';
import { segmentIndex } from './segments.ts';
import type { Table } from './table.ts';

/** [V, N]: the sum of versions below, and how many of those comments are approved. */
export type Register = readonly [version: number, approved: number];

interface Node {
  c: Record<string, Register>;
}

const FANOUT = 100;
const LEVELS = 3;

/**
 * Access pattern `count`: three conditional updates, leaf to root. A register is written only if V grows, never as a
 * delta, so late and repeated records change nothing; after a refused write the node is read and the climb goes on,
 * since an earlier attempt may have died there.
 */
export async function count(table: Table, post: string, segment: string, leaf: Register): Promise<void> {
  let index = segmentIndex(segment);
  let register = leaf;
  for (let level = 1; level <= LEVELS; level++) {
    const node = Math.floor(index / FANOUT);
    const children = await raise(table, post, level, node, String(index % FANOUT), register);
    register = sum(children);
    index = node;
  }
}

async function raise(table: Table, post: string, level: number, node: number, child: string, register: Register) {
  const key = counterKey(post, level, node);
  for (;;) {
    const written = await table.update<Node>(key, {
      set: 'c.#child = :register',
      condition: 'attribute_exists(c) AND (attribute_not_exists(c.#child) OR c.#child[0] < :version)',
      names: { '#child': child },
      values: { ':register': register, ':version': register[0] },
    });
    const known = written ?? (await table.get<Node>(key));
    if (known && (known.c[child]?.[0] ?? -1) >= register[0]) return known.c;
    const opened: Node = { c: { [child]: register } };
    if (!known && (await table.putIfAbsent(key, opened))) return opened.c;
  }
}

/** Access pattern `total`: GetItem of the top register, consistent. */
export async function total(table: Table, post: string): Promise<Register> {
  const top = await table.get<Node>(counterKey(post, LEVELS, 0));
  return sum(top?.c ?? {});
}

function sum(children: Record<string, Register>): Register {
  return Object.values(children).reduce<Register>(([v, n], [dv, dn]) => [v + dv, n + dn], [0, 0]);
}
