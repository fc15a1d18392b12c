import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import { MOST_PACKED, pack, unpack } from '../../functions/domain/packed-html.ts';
import { random } from '../support/faults.ts';

/** The most that authoring takes (functions/authoring/article.ts). */
const SOURCE_BYTES = 262_144;

const next = random(1);
const among = (from: number, count: number) => () => String.fromCodePoint(from + Math.floor(next() * count));
const many = (times: number, piece: () => string) => Array.from({ length: times }, piece).join('');
const cut = (text: string) =>
  Buffer.from(text)
    .subarray(0, SOURCE_BYTES)
    .toString()
    .replace(/\uFFFD+$/, '');

const printable = among(32, 95);
const letter = among(97, 26);
const han = among(0x4e00, 20_000);

const SOURCES: [string, () => string][] = [
  ['random printable characters', () => many(SOURCE_BYTES, printable)],
  ['what is escaped', () => '<'.repeat(SOURCE_BYTES)],
  ['random characters that are escaped', () => many(SOURCE_BYTES, among(33, 30))],
  ['random Chinese', () => cut(many(SOURCE_BYTES / 3, han))],
  ['random characters of two bytes', () => many(SOURCE_BYTES / 2, among(0x100, 1_700))],
  ['random characters of four bytes', () => many(SOURCE_BYTES / 4, among(0x20000, 40_000))],
  ['short list items', () => cut(many(SOURCE_BYTES / 4, () => `- ${letter()}\n`))],
  ['short links', () => cut(many(SOURCE_BYTES / 8, () => `[${letter()}](${letter()}) `))],
  ['bare addresses', () => cut(many(SOURCE_BYTES / 30, () => `https://a.b/${many(17, letter)} `))],
  ['one address', () => cut(`https://a.b/${many(SOURCE_BYTES, letter)}`)],
  ['one Chinese address', () => cut(`https://a.b/${many(SOURCE_BYTES / 3, han)}`)],
];

describe.each(SOURCES)('the largest article of %s', (_, write) => {
  test('fits into an item of the table, and comes out as it was', () => {
    const source = write();
    const html = renderMarkdown(source);

    const packed = pack(html);

    expect(Buffer.byteLength(source)).toBeGreaterThan(SOURCE_BYTES * 0.8);
    expect(packed.length).toBeLessThanOrEqual(MOST_PACKED);
    expect(unpack(packed) === html).toBe(true);
  });
});

test('ten thousand Chinese addresses do not fit, and are refused with what to do', () => {
  const html = renderMarkdown(cut(many(SOURCE_BYTES / 36, () => `https://a.b/${many(8, han)} `)));

  expect(() => pack(html)).toThrow(
    expect.objectContaining({
      code: 'post.invalid',
      detail: expect.objectContaining({ field: 'source', remedy: expect.stringContaining('make two articles of it') }),
    }),
  );
});
