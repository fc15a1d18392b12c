import * as v from 'valibot';
import { type Rules, rulesSchema } from '../../functions/domain/rules.ts';

const LISTED = Array.from({ length: 500 }, (_, i) => i);

/** Every rule on, with lists as long as they may be, and none of which holds an ordinary comment. */
export const EVERY_RULE: Rules = v.parse(rulesSchema, {
  longest: 8_000,
  block: {
    words: LISTED.map((i) => `unwanted${i}*`),
    domains: LISTED.map((i) => `unwanted-${i}.example`),
    addresses: LISTED.map((i) => String(i).padStart(43, 'x')),
  },
});

export const NO_RULE: Rules = v.parse(rulesSchema, {
  firstTime: false,
  links: { hold: null, spam: null },
  lookalike: false,
});
