import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIFTED, SHIPPED } from '../../infra/scale/limits.ts';
import { report } from '../../infra/scale/report.ts';
import { simulate } from '../../infra/scale/simulate.ts';
import { makeStacks, onlyOne, resourcesOf } from '../support/stacks.ts';

const DOC = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

test('docs/scale.md has the figures that npm run scale prints', () => {
  for (const part of report().split('\n\n')) expect(DOC).toContain(part);
});

test('the table’s maximums are those that are deployed', () => {
  const { OnDemandThroughput } = onlyOne(resourcesOf(makeStacks().state), 'AWS::DynamoDB::Table').Properties;

  expect(OnDemandThroughput).toEqual({
    MaxReadRequestUnits: SHIPPED.tableReads,
    MaxWriteRequestUnits: SHIPPED.tableWrites,
  });
});

test('every comment offered is accepted or refused, and of the accepted each is on the page or waits', () => {
  for (const own of [SHIPPED, LIFTED]) {
    const { offered, accepted, refused, published, waiting } = simulate({ perSecond: 400, seconds: 60 }, own);
    expect(accepted + Object.values(refused).reduce((sum, n) => sum + n, 0)).toBe(offered);
    expect(published + waiting).toBe(accepted);
  }
});

test('no limit is passed in any second, and the publisher that falls behind catches up', () => {
  const flood = simulate({ perSecond: 400, seconds: 60 }, LIFTED);
  const after = simulate({ perSecond: 400, seconds: 600, until: 60 }, LIFTED);

  expect(flood.most.segmentWrites).toBeLessThanOrEqual(1_000);
  expect(flood.waiting).toBeGreaterThan(1_000);
  expect(after.waiting).toBe(0);
});
