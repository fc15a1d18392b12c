import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, compose, graphemes, isVisible, normalise, strip } from '../../functions/domain/text.ts';

const mark = '\u0316';
const written = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u0301', mark, '\u200d', 'e', ' ', '\n', '\r', '\u1100', '\u1161', '\u{e0041}'),
    ),
  )
  .map((parts) => parts.join(''));

test.each([
  ['a\r\nb\rc\u2028d\u2029e\vf\fg', 'a\nb\nc\nd\ne\nf\ng'],
  ['tab\tstays', 'tab\tstays'],
  ['e\u0301', 'é'],
  ['a\u0000b\u0085c\u007fd\uffffe', 'abcde'],
  ['a\u202eb\u2066c\u2069d', 'abcd'],
  [
    'left-to-right mark \u200e stays, as do \u200d and \u200c',
    'left-to-right mark \u200e stays, as do \u200d and \u200c',
  ],
  ['a\u{e0041}\u{e007f}b', 'ab'],
  [`x${mark.repeat(4)}y`, `x${mark.repeat(4)}y`],
  [`x${mark.repeat(9)}y`, `x${mark.repeat(4)}y`],
  [`x${`${mark}\u200d`.repeat(9)}y`, `x${`${mark}\u200d`.repeat(4)}${'\u200d'.repeat(5)}y`],
  [`${mark}x ${mark}y`, 'x y'],
  ['\ud83d\ude00 \ud83d', '\ud83d\ude00 \ufffd'],
  ['\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f469}', '\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f469}'],
])('%j is cleaned to %j', (given, cleaned) => {
  expect(cleanText(given)).toBe(cleaned);
});

test('cleaning says what it took', () => {
  const taken: string[] = [];

  cleanText(`\u0001\u202e\u{e0041}\ud800x${mark.repeat(5)}`, (what) => taken.push(what));

  expect(taken).toEqual([
    'invalid characters',
    'control characters',
    'direction overrides',
    'tag characters',
    'extra combining marks',
  ]);
});

test('cleaning clean text changes nothing', () => {
  fc.assert(
    fc.property(written, (text) => {
      const clean = cleanText(text);

      expect(cleanText(clean)).toBe(clean);
    }),
    { numRuns: 2000 },
  );
});

test('the characters that take the short way are those the long way would leave alone', () => {
  for (let code = 0; code < 0x10000; code += 1) {
    const text = `x${String.fromCharCode(code)}x`;
    // A character of another script beside it makes the whole text take the long way.
    expect(strip(text)).toBe(strip(`${text}\u0e01`).slice(0, -1));
    expect(compose(text)).toBe(compose(`${text}\u0e01`).slice(0, -1));
  }
});

test.each([
  ['  A\n name\t of  lines ', 'A name of lines'],
  ['\u00a0Zoe\u0308\u3000', 'Zoë'],
  ['', ''],
])('%j is %j on one line', (given, line) => {
  expect(normalise(given)).toBe(line);
});

test.each([
  ['', 0],
  ['abc', 3],
  ['Zoe\u0308', 3],
  ['\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f469}', 1],
  ['नमस्ते', 3],
])('%j is %i characters to its reader', (text, count) => {
  expect(graphemes(text)).toBe(count);
});

test.each([
  ['x', true],
  ['\u{1f600}', true],
  [' \n\u00a0\u2003', false],
  ['\u200b\u2060\u00ad\u3164\u2800\ufe0f', false],
])('whether %j can be seen: %s', (text, visible) => {
  expect(isVisible(text)).toBe(visible);
});
