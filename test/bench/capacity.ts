import operationsFile from '../../infra/cost/operations.json' with { type: 'json' };
import { EVERY_RULE, NO_RULE } from './every-rule.ts';
import type { Figure } from './figure.ts';

const { operations } = operationsFile;
type Operation = keyof typeof operations;

/** What the plan allows, and what was measured where that is more: a page also reads the site's words. */
const BUDGETS: readonly { name: Operation; rcu: number; wcu: number; put?: number; anchor: string }[] = [
  { name: 'submit, held', rcu: 8, wcu: 11, anchor: 'the text, two quotas, a person, the place in two queues' },
  { name: 'submit, seated', rcu: 11, wcu: 8, anchor: 'the text + 2, a quota, two index entries' },
  { name: 'moderate, approve', rcu: 7, wcu: 11, anchor: 'the text + 3 planned' },
  { name: 'publish, seated', rcu: 13, wcu: 3, put: 2, anchor: '12 + 3 + 2 PUT planned' },
  { name: 'publish, a segment opens', rcu: 25, wcu: 10, put: 4, anchor: '25 + 10 + 4 PUT planned' },
];

/** Budget 9: capacity units of each operation, as `npm run test:dynamodb` measured them on AWS's own engine. */
export function measureCapacity(): Figure[] {
  const figures = BUDGETS.flatMap(({ name, rcu, wcu, put, anchor }) => {
    const { rcu: reads, wcu: writes, index, refused, ...bucket } = operations[name];
    const figure = (what: string, value: number, limit: number, unit: Figure['unit'], others = ''): Figure => ({
      budget: 9,
      what,
      value,
      unit,
      limit,
      anchor: others,
    });
    return [
      figure(`${name}: read`, reads, rcu, 'units', anchor),
      figure('… written, index entries and refused writes too', writes + index + refused, wcu, 'units'),
      ...(put === undefined ? [] : [figure('… PUT', 'put' in bucket ? bucket.put : 0, put, 'requests')]),
    ];
  });
  const rules = (what: string, units: number): Figure => ({
    budget: 9,
    what: `the rules, at most once in 5 s: read with ${what} on`,
    value: units,
    unit: 'units',
    limit: null,
    anchor: '',
  });
  return [
    ...figures,
    rules('every rule', Math.ceil(sizeOf(EVERY_RULE) / 4_096)),
    rules('no rule', Math.ceil(sizeOf(NO_RULE) / 4_096)),
  ];
}

/** What DynamoDB counts of an item: its names and values in UTF-8, and a few bytes for each list and each entry. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 1;
  if (value === null || typeof value !== 'object') return 2;
  return Object.entries(value).reduce(
    (sum, [name, part]) => sum + (Array.isArray(value) ? 0 : Buffer.byteLength(name)) + sizeOf(part) + 1,
    3,
  );
}
