import type { Random } from './random.ts';
import {
  adjectives,
  adverbs,
  endings,
  givenNames,
  joints,
  links,
  nouns,
  openers,
  owners,
  subjects,
  verbs,
} from './words.ts';

/**
 * English-like text of exactly `length` characters, ending with a sentence. The commonest words come far more often
 * than the rare ones, so that it compresses as prose does: gzip takes it to 1/2.0 to 1/2.6.
 */
export function prose(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += `${text && ' '}${sentence(random)}`;
  const cut = text.slice(0, length - 1);
  return `${cut.replace(/[.?!, ]$/, 's')}.`;
}

/** Paragraphs of prose, `length` characters with the blank lines between them. */
export function paragraphs(random: Random, length: number, each: number): string {
  const parts: string[] = [];
  let left = length;
  while (left > 0) {
    const size = left < each * 1.8 ? left : each - each / 4 + random.below(each / 2);
    parts.push(prose(random, Math.floor(size)));
    left -= Math.floor(size) + 2;
  }
  return parts.join('\n\n');
}

function sentence(random: Random): string {
  const first = random.chance(0.3) ? `${random.any(openers)} ${clause(random)}` : clause(random);
  const text = random.chance(0.5) ? `${first}, ${random.pick(joints)} ${clause(random)}` : first;
  return `${text[0]?.toUpperCase()}${text.slice(1)}${random.chance(0.12) ? '?' : '.'}`;
}

function clause(random: Random): string {
  const who = random.chance(0.4) ? random.pick(subjects) : thing(random);
  const how = random.chance(0.35) ? `${random.pick(adverbs)} ` : '';
  const where = random.chance(0.6) ? ` ${random.pick(links)} ${thing(random)}` : '';
  const end = random.chance(0.25) ? ` ${random.any(endings)}` : '';
  return `${who} ${how}${random.pick(verbs)} ${thing(random)}${where}${end}`;
}

function thing(random: Random): string {
  if (random.chance(0.1)) return random.any(givenNames);
  const kind = random.chance(0.4) ? `${random.pick(adjectives)} ` : '';
  return `${random.pick(owners)} ${kind}${random.pick(nouns)}`;
}
