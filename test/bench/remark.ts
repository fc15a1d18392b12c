import { prose } from './prose.ts';
import type { Random } from './random.ts';
import { nouns } from './words.ts';

/** A comment of exactly `length` characters, as people write them: mostly bare text, some of it with markup. */
export function remark(random: Random, length: number): string {
  const cast = random.below(10);
  if (cast < 3)
    return `${prose(random, Math.floor(length / 3))}\n\n${prose(random, length - Math.floor(length / 3) - 2)}`;
  if (cast === 3) return around(random, length, '<em>', '</em>');
  if (cast === 4) return around(random, length, '<blockquote>', '</blockquote>');
  if (cast === 5)
    return around(random, length, `<a href="https://${random.any(nouns)}.example/${random.any(nouns)}">`, '</a>');
  return prose(random, length);
}

/** A marked phrase, then what is said about it. */
function around(random: Random, length: number, open: string, close: string): string {
  const phrase = prose(random, 24 + random.below(40));
  const before = `${open}${phrase}${close} `;
  return before + prose(random, length - before.length);
}
