import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import { openWorld } from '../support/world.ts';
import { ACCESSES } from './accesses.ts';
import { inWords, type Meter, meterEngine } from './meter.ts';

const DOC = readFileSync(new URL('../../docs/access-patterns.md', import.meta.url), 'utf8');

/** The measured part of the cost column, before a comma, by pattern. */
const stated = new Map(
  [...DOC.matchAll(/^\| `([^`]+)` \| `\w+` \|[^|]*\|([^|]*)\|$/gm)].map(([, pattern = '', cost = '']) => [
    pattern,
    cost.split(',')[0]?.trim(),
  ]),
);

let meter: Meter;
beforeAll(async () => {
  meter = await meterEngine();
});
afterAll(() => meter.close());

test('every access pattern that is documented is measured', () => {
  expect(stated.size).toBeGreaterThan(30);
  expect(Object.keys(ACCESSES).toSorted()).toEqual([...stated.keys()].toSorted());
});

describe('takes the units that docs/access-patterns.md says:', () => {
  test.for(Object.entries(ACCESSES))('%s', async ([pattern, access]) => {
    await using world = await openWorld();
    const post = await publishedPost(world.table);
    const call = await access({ table: world.table, post });

    const units = await meter.measure(call);

    expect(inWords(units)).toBe(stated.get(pattern));
  });
});
