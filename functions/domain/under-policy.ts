import { POLICY } from './allowed-tags.ts';
import { RuleError } from './errors.ts';
import { isOfToday, shownHtml, type Words } from './policy.ts';
import { sanitizeComment } from './sanitize.ts';

/** Words under the policy of today, made anew from what was sent where another made them. Throws the sanitizer's RuleError. */
export function underPolicy<W extends Words>(words: W): W {
  return isOfToday(words) ? words : { ...words, ...sanitizeComment(words.source), policy: POLICY };
}

/** As they would be let in; as text, where the policy of today refuses them. */
export function asLetIn<W extends Words>(words: W): W {
  try {
    return underPolicy(words);
  } catch (error) {
    if (error instanceof RuleError) return { ...words, html: shownHtml(words) };
    throw error;
  }
}
