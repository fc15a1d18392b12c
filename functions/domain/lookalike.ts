/**
 * What a name looks like, so that two that a reader could mix up are the same: after UTS #39's skeleton, for names alone.
 * NFKD without marks and ignorable characters, in lower case; then what other scripts and digits borrow the shape of; then
 * spaces and points, which part no names.
 */
export function lookOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  const look = plain.replace(/cl/g, 'd').replace(BORROWED, (character) => SHAPES.get(character) ?? character);
  return look
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Latin letters, and what looks like each in Greek, Cyrillic, Armenian, Latin's own neighbours and the digits. */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'аαɑ4',
  b: 'ьвβƅ8',
  c: 'сϲᴄ¢',
  d: 'ԁɗđ',
  e: 'еєεҽɛ3',
  f: 'ƒſ',
  g: 'ɡցɢ9',
  h: 'һհнħ',
  i: 'іıιӏl1|!ɩłⅼ',
  j: 'јϳɉ',
  k: 'кκĸƙ',
  m: 'мʍ',
  n: 'пոηɴ',
  o: 'оοσօө0ø',
  p: 'рρƿþ',
  q: 'ԛզ',
  r: 'гʀɾ',
  s: 'ѕʂꜱ5$',
  t: 'тτŧ7',
  u: 'υսʋц',
  v: 'ѵνᴠ',
  w: 'ԝωшѡ',
  x: 'хχ×',
  y: 'уγүʏ',
  z: 'ʐᴢ2',
  ss: 'ß',
};

const SHAPES = new Map(
  Object.entries(ALIKE).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)),
);

const BORROWED = new RegExp(`[${[...SHAPES.keys()].join('')}]`, 'gu');
