import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Branch, DEPTH, formatRef, nest, parseRef, permalink } from '../../functions/domain/thread.ts';

const segments = fc.oneof(
  fc.integer({ min: 1, max: 999_999 }).map(String),
  fc.integer({ min: 1, max: 999_999 }).map((n) => `t${n}`),
);

test('a reference reads back as what it was made of', () => {
  fc.assert(
    fc.property(segments, fc.integer({ min: 1, max: 9999 }), (segment, n) => {
      expect(parseRef(formatRef(segment, n))).toEqual({ segment, n });
    }),
  );
});

test.each(['', '1', '1-', '-1', '0-1', '1-0', 'x1-1', '1-1-1', 't-1', '1-1 ', '١-١', `${'9'.repeat(20)}-1`])(
  'no reference is made of "%s"',
  (ref) => {
    expect(() => parseRef(ref)).toThrow('parent.unknown');
  },
);

test('a permalink names the page of the segment and the place on it', () => {
  expect(permalink('chairs', 't17-5')).toBe('/chairs/comments/t17/#comment-t17-5');
});

interface Said {
  ref: string;
  to: string | null;
}

/** Comments that answer an earlier one, one elsewhere, or nobody. */
const conversations = fc.array(fc.integer({ min: -2, max: 30 }), { maxLength: 40 }).map((parents) =>
  parents.map((parent, i): Said => {
    const to = parent === -2 ? '9-9' : parent < 0 || parent >= i ? null : `1-${parent + 1}`;
    return { ref: `1-${i + 1}`, to };
  }),
);

const flat = (branches: Branch<Said>[], level = 1): { branch: Branch<Said>; level: number }[] =>
  branches.flatMap((branch) => [{ branch, level }, ...flat(branch.replies, level + 1)]);

test('every comment stands in the tree once, never deeper than five, and says what it answers when its place does not', () => {
  fc.assert(
    fc.property(conversations, (comments) => {
      const placed = flat(nest(comments));

      expect(placed.map(({ branch }) => branch.comment.ref).toSorted()).toEqual(
        comments.map(({ ref }) => ref).toSorted(),
      );
      expect(Math.max(0, ...placed.map(({ level }) => level))).toBeLessThanOrEqual(DEPTH);
      for (const { branch } of placed) {
        for (const reply of branch.replies) {
          expect(reply.answers === null ? reply.comment.to : branch.comment.ref).toBe(branch.comment.ref);
        }
      }
      const told = placed.filter(({ branch }) => branch.answers !== null);
      for (const { branch } of told) expect(branch.answers).toBe(branch.comment.to);
    }),
  );
});

test('a chain of seven nests to five and goes on flat', () => {
  const chain = Array.from({ length: 7 }, (_, i): Said => ({ ref: `1-${i + 1}`, to: i === 0 ? null : `1-${i}` }));

  const levels = flat(nest(chain)).map(({ branch, level }) => [branch.comment.ref, level, branch.answers]);

  expect(levels.slice(4)).toEqual([
    ['1-5', 5, null],
    ['1-6', 5, '1-5'],
    ['1-7', 5, '1-6'],
  ]);
});
