import * as v from 'valibot';
import { blockListSchema, hasDomain, hasWord } from './block-list.ts';

const WHOLE = 'must be a whole number above 0';
const count = v.pipe(v.number(WHOLE), v.integer(WHOLE), v.minValue(1, WHOLE));

/** What moderators may change about the rules; `null` and `false` switch one off. */
export const rulesSchema = v.strictObject({
  /** A stranger waits until something of theirs was approved. */
  firstTime: v.optional(v.boolean(), true),
  /** More links than this. */
  links: v.optional(
    v.strictObject({ hold: v.optional(v.nullable(count), 2), spam: v.optional(v.nullable(count), 10) }),
    {},
  ),
  /** More characters than this, as they are read. */
  longest: v.optional(v.nullable(count), null),
  /** A name that looks like an author's. */
  lookalike: v.optional(v.boolean(), true),
  block: v.optional(blockListSchema, {}),
});

export type Rules = v.InferOutput<typeof rulesSchema>;

/**
 * What was known when a comment came, kept with it so that other rules can be tried on it later.
 * - trusted: this browser wrote something under this address that was approved
 * - blocked: a moderator wants to hear no more of this person
 * - author: the address is an author's; lookalike: the name is, or looks like one's. Nothing proves either
 * - scripted: sent as JSON; proved: with a proof of work; hasty: with one that no person could have been so fast with
 * - trapped: a field that people do not see was filled in
 */
export type Fact = 'trusted' | 'blocked' | 'author' | 'lookalike' | 'scripted' | 'proved' | 'hasty' | 'trapped';

/** What the rules may look at. */
export interface Evidence {
  facts: readonly Fact[];
  name: string;
  url: string | null;
  html: string;
  /** The hash of the address. */
  address: string;
}

export interface Verdict {
  status: 'approved' | 'pending' | 'spam';
  /** The rule that decided; null when nothing spoke against it. */
  reason: Reason | null;
}

type Test = (evidence: Evidence, rules: Rules) => boolean;

// A bundle leaves out the rules where nobody judges: hence the mark.
/* @__NO_SIDE_EFFECTS__ */
const has =
  (fact: Fact): Test =>
  ({ facts }) =>
    facts.includes(fact);
const over = (limit: number | null, got: () => number) => limit !== null && got() > limit;

const manyLinks: Test = ({ html }, { links }) => over(links.spam, () => linksIn(html));
const someLinks: Test = ({ html }, { links }) => over(links.hold, () => linksIn(html));
const blockedAddress: Test = ({ address }, { block }) => block.addresses.includes(address);
const blockedDomain: Test = (evidence, { block }) => hasDomain(block.domains, evidence);
const blockedWord: Test = (evidence, { block }) => hasWord(block.words, evidence);
const likeAnAuthor: Test = ({ facts }, { lookalike }) => lookalike && facts.includes('lookalike');
const long: Test = ({ html }, { longest }) => over(longest, () => html.replace(/<[^>]*>/g, '').length);
const stranger: Test = ({ facts }, { firstTime }) => firstTime && !facts.includes('trusted');
/** Whoever is known and has no script is believed: their cookie is the harder proof. */
const unproved: Test = ({ facts }) =>
  !facts.includes('proved') && (facts.includes('scripted') || !facts.includes('trusted'));

/** In this order: the first that holds decides, and names itself as the reason. */
export const RULES = {
  'person.blocked': ['spam', has('blocked')],
  'block.address': ['spam', blockedAddress],
  'trap.filled': ['spam', has('trapped')],
  'links.many': ['spam', manyLinks],
  'block.domain': ['spam', blockedDomain],
  'author.unproven': ['pending', has('author')],
  'author.lookalike': ['pending', likeAnAuthor],
  'block.word': ['pending', blockedWord],
  'links.some': ['pending', someLinks],
  long: ['pending', long],
  'first-time': ['pending', stranger],
  'proof.hasty': ['pending', has('hasty')],
  'proof.missing': ['pending', unproved],
} as const satisfies Record<string, readonly ['pending' | 'spam', Test]>;

export type Reason = keyof typeof RULES;

export function judge(evidence: Evidence, rules: Rules): Verdict {
  for (const [reason, [status, holds]] of ENTRIES) if (holds(evidence, rules)) return { status, reason };
  return { status: 'approved', reason: null };
}

const ENTRIES = /* @__PURE__ */ Object.entries(RULES) as [Reason, readonly ['pending' | 'spam', Test]][];

const linksIn = (html: string) => html.split('<a ').length - 1;
