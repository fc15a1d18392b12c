import { POLICY } from './allowed-tags.ts';
import { asParagraphs, plainText } from './plain-text.ts';
import type { SafeHtml } from './sanitize.ts';

/** What was sent, and what a policy of the sanitizer made of it. */
export interface Words {
  html: SafeHtml;
  source: string;
  policy: string;
  removed: string[];
}

/** Nothing is made of words that are gone. */
export const isOfToday = ({ policy, source }: Pick<Words, 'policy' | 'source'>): boolean =>
  policy === POLICY || source === '';

/** What a page may show where there is no sanitizer: of words that another policy made, what they say and no markup. */
export const shownHtml = (words: Words): SafeHtml =>
  isOfToday(words) ? words.html : asParagraphs(plainText(words.html));
