import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge, mergeLines } from '../../web/admin/write/merge.ts';
import { noWords } from '../../web/admin/write/post.ts';

const text = (...lines: string[]) => lines.join('\n');

describe('two changes become one text', () => {
  test.each([
    ['nobody changed anything', 'a\nb', 'a\nb', 'a\nb', 'a\nb', 0],
    ['only I did', 'a\nb', 'a\nmine', 'a\nb', 'a\nmine', 0],
    ['only they did', 'a\nb', 'a\nb', 'theirs\nb', 'theirs\nb', 0],
    ['both, in different lines', 'a\nb\nc', 'mine\nb\nc', 'a\nb\ntheirs', 'mine\nb\ntheirs', 0],
    ['both, in lines beside each other', 'a\nb', 'mine\nb', 'a\ntheirs', 'mine\ntheirs', 0],
    ['both did the same', 'a\nb', 'a\nnew', 'a\nnew', 'a\nnew', 0],
    ['both changed one line', 'a\nb\nc', 'a\nmine\nc', 'a\ntheirs\nc', 'a\ntheirs\n\nmine\nc', 1],
    ['both put something in at the same place', 'a', 'a\nmine', 'a\ntheirs', 'a\ntheirs\n\nmine', 1],
    ['they took out what I changed', 'a\nb\nc', 'a\nmine\nc', 'a\nc', 'a\n\nmine\nc', 1],
  ])('%s', (_name, base, mine, theirs, merged, clashes) => {
    expect(mergeLines(base, mine, theirs)).toEqual({ text: merged, clashes });
  });
});

const line: fc.Arbitrary<string> = fc.constantFrom('one', 'two', 'three', '', 'four', 'five');
const lines = fc.array(line, { minLength: 1, maxLength: 8 });

test('no line that anybody wrote is lost', () => {
  const edited = fc.array(fc.oneof(line, fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('x', 'y') })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(lines, edited, edited, (base, mine, theirs) => {
      const { text: merged } = mergeLines(text(...base), text(...mine), text(...theirs));

      const kept = new Set(merged.split('\n'));
      const written = [...mine, ...theirs].filter((one) => !base.includes(one));
      expect(written.filter((one) => !kept.has(one))).toEqual([]);
    }),
  );
});

test('where one side changed nothing, the other side is the result', () => {
  fc.assert(
    fc.property(lines, lines, (base, other) => {
      expect(mergeLines(text(...base), text(...base), text(...other)).text).toBe(text(...other));
      expect(mergeLines(text(...base), text(...other), text(...base)).text).toBe(text(...other));
    }),
  );
});

test('of a field that both changed mine stays, and theirs is named', () => {
  const base = { ...noWords(), title: 'A bench', tags: 'wood' };

  const { words, clashes } = merge(
    base,
    { ...base, title: 'My bench' },
    { ...base, title: 'Our bench', tags: 'wood, oak' },
  );

  expect(words).toMatchObject({ title: 'My bench', tags: 'wood, oak' });
  expect(clashes).toEqual(['the title, which became “Our bench” meanwhile']);
});
