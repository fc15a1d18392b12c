import type { InferOutput } from 'valibot';
import type { Rules } from '../../../functions/domain/rules.ts';
import type { replies } from '../../../infra/openapi/replies.ts';

export type RulesShown = InferOutput<(typeof replies)['Rules']>;
export type TrialPage = InferOutput<(typeof replies)['RulesTrial']>;

/** The rules as they stand in the form: numbers as they are typed, lists with an entry on each line. */
export interface Words {
  firstTime: boolean;
  lookalike: boolean;
  hold: string;
  spam: string;
  longest: string;
  blocked: string;
  domains: string;
  /** As they are kept: hashes. */
  hashes: readonly string[];
  addresses: string;
  ver: number;
}

export const wordsOf = ({ rules: { links, block, ...rules }, ver }: Pick<RulesShown, 'rules' | 'ver'>): Words => ({
  firstTime: rules.firstTime,
  lookalike: rules.lookalike,
  hold: typed(links.hold),
  spam: typed(links.spam),
  longest: typed(rules.longest),
  blocked: block.words.join('\n'),
  domains: block.domains.join('\n'),
  hashes: block.addresses,
  addresses: '',
  ver,
});

/** What the API takes for them; what is no number is sent as it is, and refused with the reason. */
export function rulesOf(words: Words): Rules {
  return {
    firstTime: words.firstTime,
    links: { hold: numberOf(words.hold), spam: numberOf(words.spam) },
    longest: numberOf(words.longest),
    lookalike: words.lookalike,
    block: {
      words: linesOf(words.blocked),
      domains: linesOf(words.domains),
      addresses: addressesOf(words),
    },
  };
}

type Field = 'hold' | 'spam' | 'longest' | 'blocked' | 'domains' | 'addresses';

/** The API's words about `rules.block.domains.3`, to the field of the form that has it. */
export function errorOf(field: Field, fields: Readonly<Record<string, string>>, words: Words): string | undefined {
  const { path, entries } = PLACES[field];
  const found = Object.entries(fields).find(([name]) => name === path || name.startsWith(`${path}.`));
  if (!found) return undefined;
  const entry = entries?.(words)[Number(found[0].slice(path.length + 1))];
  return entry ? `“${entry}”: ${found[1]}` : found[1];
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const addressesOf = ({ hashes, addresses }: Words): string[] => [...hashes, ...linesOf(addresses)];

const PLACES: Readonly<Record<Field, { path: string; entries?: (words: Words) => string[] }>> = {
  hold: { path: 'rules.links.hold' },
  spam: { path: 'rules.links.spam' },
  longest: { path: 'rules.longest' },
  blocked: { path: 'rules.block.words', entries: ({ blocked }) => linesOf(blocked) },
  domains: { path: 'rules.block.domains', entries: ({ domains }) => linesOf(domains) },
  addresses: { path: 'rules.block.addresses', entries: addressesOf },
};

const typed = (limit: number | null): string => (limit === null ? '' : String(limit));

/** Nothing is no limit. What is no number goes as it was typed, and the API says what it must be. */
function numberOf(text: string): number | null {
  if (text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : (text as unknown as number);
}
