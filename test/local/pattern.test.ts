import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manifest } from '../../functions/manifest.ts';
import { compilePattern } from '../../infra/local/table/pattern.ts';

const cases: [pattern: object, event: unknown, matches: boolean][] = [
  [{ a: ['x'] }, { a: 'x' }, true],
  [{ a: ['x'] }, { a: 'y' }, false],
  [{ a: ['x'] }, {}, false],
  [{ a: ['x', 'y'] }, { a: 'y', b: 1 }, true],
  [{ a: [1] }, { a: '1' }, false],
  [{ a: [null] }, { a: null }, true],
  [{ a: [null] }, {}, false],
  [{ a: [true] }, { a: true }, true],
  [{ a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
  [{ a: [{ prefix: 'POST#' }] }, { a: 'POST#1' }, true],
  [{ a: [{ prefix: 'POST#' }] }, { a: 'MYPOST#1' }, false],
  [{ a: [{ prefix: '1' }] }, { a: 12 }, false],
  [{ a: [{ prefix: 'x' }, { exists: false }] }, {}, true],
  [{ a: [{ exists: true }] }, { a: null }, true],
  [{ a: [{ exists: true }] }, { a: { b: 1 } }, false],
  [{ a: [{ exists: false }] }, { a: { b: 1 } }, true],
  [{ a: { b: { c: [{ exists: false }] } } }, {}, true],
  [{ a: { b: { c: [{ exists: false }] } } }, { a: 1 }, true],
  [{ a: { b: { c: [{ exists: false }] } } }, { a: { b: { d: 1 } } }, true],
  [{ a: { b: { c: [{ exists: false }] } } }, { a: { b: { c: '' } } }, false],
  [{ a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
  [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
  [{ a: [{ 'anything-but': 'x' }] }, {}, false],
  [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, true],
  [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
  [{ a: ['y'] }, { a: ['x', 'y'] }, true],
  [{ a: [{ exists: false }] }, { a: [] }, true],
  [{ l: { a: [1], b: [2] } }, { l: [{ a: 1, b: 2 }] }, true],
  [{ l: { a: [1], b: [2] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
  [
    { l: { a: [1], b: [2] } },
    {
      l: [
        { a: 1, b: 3 },
        { a: 1, b: 2 },
      ],
    },
    true,
  ],
  [{ l: { a: [{ exists: false }] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
  [{ 'a.b': ['x'] }, { a: { b: 'x' } }, false],
];

test.each(cases)('%j on %j: %s', (pattern, event, matches) => {
  expect(compilePattern(pattern)(event)).toBe(matches);
});

test.each([
  { a: 'x' },
  { a: [] },
  { a: {} },
  { a: [{ suffix: 'x' }] },
  { a: [{ prefix: 'x', exists: true }] },
  { a: [{ prefix: { 'equals-ignore-case': 'x' } }] },
  { a: [{ exists: 'yes' }] },
  { a: [{ 'anything-but': [] }] },
  { a: [{ 'anything-but': { suffix: 'x' } }] },
  { a: [['x']] },
  { $or: [{ a: ['x'] }, { b: ['y'] }] },
])('the pattern %j is refused, naming the place', (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(/^the event filter at .+ is not supported here/);
});

describe("the manifest's filter", () => {
  const [filter = {}] = manifest.publisher.stream.filters;
  const visible = compilePattern(filter);
  const record = (pk: string, NewImage?: object) => ({
    eventName: NewImage ? 'MODIFY' : 'REMOVE',
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: 'META' } }, ...(NewImage && { NewImage }) },
  });

  test.each([
    ['a post', record('POST#1', { title: { S: 'One' } }), true],
    ['a removal', record('COMMENT#1'), true],
    ["the publisher's own write", record('POST#1', { by: { S: 'publisher' } }), false],
    ['a quota', record('RL#1', { n: { N: '1' } }), false],
    ['a key that only contains a prefix', record('XPOST#1', {}), false],
  ])('%s: %j passes: %s', (_, event, passes) => {
    expect(visible(event)).toBe(passes);
  });
});

describe('for any event without arrays', () => {
  const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant(null));
  const name = fc.constantFrom('a', 'b', 'c');
  const { event } = fc.letrec<{ event: Record<string, unknown>; part: unknown }>((tie) => ({
    event: fc.dictionary(name, tie('part'), { maxKeys: 3 }),
    part: fc.oneof({ maxDepth: 3 }, scalar, tie('event')),
  }));
  const path = fc.array(name, { minLength: 1, maxLength: 3 });
  const at = (names: string[], value: unknown): unknown =>
    names.reduce((part: unknown, key) => (isObject(part) ? part[key] : undefined), value);
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const nested = (names: string[], leaf: unknown[]): object =>
    names.reduceRight((part: unknown, key) => ({ [key]: part }), leaf) as object;
  const isLeaf = (value: unknown) => value !== undefined && !isObject(value);

  test('each operator says what a look at the path says', () => {
    fc.assert(
      fc.property(event, path, scalar, fc.string({ maxLength: 2 }), (anEvent, names, value, prefix) => {
        const found = at(names, anEvent);
        const matches = (...leaf: unknown[]) => compilePattern(nested(names, leaf))(anEvent);

        expect(matches({ exists: true })).toBe(isLeaf(found));
        expect(matches({ exists: false })).toBe(!isLeaf(found));
        expect(matches(value)).toBe(isLeaf(found) && found === value);
        expect(matches({ prefix })).toBe(typeof found === 'string' && found.startsWith(prefix));
        expect(matches({ 'anything-but': prefix })).toBe(isLeaf(found) && found !== prefix);
        expect(matches(value, { prefix })).toBe(matches(value) || matches({ prefix }));
      }),
    );
  });

  test('rules of one pattern hold together exactly when each holds alone', () => {
    const rule = fc.constantFrom<unknown[][]>(['x'], [{ exists: true }], [{ exists: false }], [1]);
    fc.assert(
      fc.property(fc.dictionary(name, scalar), fc.dictionary(name, rule, { minKeys: 1 }), (anEvent, pattern) => {
        const alone = Object.entries(pattern).map(([key, leaf]) => compilePattern({ [key]: leaf })(anEvent));

        expect(compilePattern(pattern)(anEvent)).toBe(alone.every(Boolean));
      }),
    );
  });
});
