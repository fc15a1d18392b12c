import { describe, expect, test } from 'vitest';
import { lookOf } from '../../functions/domain/lookalike.ts';

describe('Ada Byrne could be mixed up with', () => {
  test.each([
    ['in capitals', 'ADA BYRNE'],
    ['with accents', 'Àda Býrnè'],
    ['in Cyrillic letters', 'Аdа Ву\u0433nе'],
    ['in Greek letters', 'Αdα Byrnε'],
    ['in wide letters', 'Ａｄａ Ｂｙｒｎｅ'],
    ['in mathematical letters', '𝐀𝐝𝐚 𝐁𝐲𝐫𝐧𝐞'],
    ['with a zero width space', 'Ada\u200b Byrne'],
    ['with a no-break space and a point', 'Ada\u00a0Byrne.'],
    ['with digits', 'Ad4 Byrn3'],
    ['with m for rn', 'Ada Byme'],
  ])('%s', (_, name) => {
    expect(lookOf(name)).toBe(lookOf('Ada Byrne'));
  });
});

test.each(['Ada Burke', 'Ida Byrne', 'Mira Okafor', 'Ада', 'Ada B'])('%s is somebody else', (name) => {
  expect(lookOf(name)).not.toBe(lookOf('Ada Byrne'));
});

test('what looks the same looks the same again', () => {
  for (const name of ['Ada Byrne', 'rnrnvv', 'Clay', 'Æther']) expect(lookOf(lookOf(name))).toBe(lookOf(name));
});

test('c and l side by side look like d', () => {
  expect(lookOf('Clavid')).toBe(lookOf('David'));
});
