import type { ParsedKey } from '../../../functions/table/keys.ts';

export type Kind = ParsedKey['kind'];

/** Files of items that lie beside each other whatever article they belong to, in the order of their restoration. */
export const SHARED = ['site.jsonl', 'people.jsonl', 'lists.jsonl', 'comments.jsonl'] as const;

export type Shared = (typeof SHARED)[number];

/**
 * Where each kind of item goes: a shared file; `article`, the files of its own article; `derived`, made again from the
 * others; `passing`, what counts, waits or expires within days, and is left out.
 */
export const PLACE: Readonly<Record<Kind, Shared | 'article' | 'derived' | 'passing'>> = {
  site: 'site.jsonl',
  author: 'site.jsonl',
  term: 'site.jsonl',
  look: 'site.jsonl',
  rules: 'site.jsonl',
  image: 'site.jsonl',
  address: 'people.jsonl',
  person: 'people.jsonl',
  reader: 'people.jsonl',
  account: 'people.jsonl',
  mailbox: 'people.jsonl',
  subscription: 'people.jsonl',
  suppressed: 'people.jsonl',
  listHead: 'lists.jsonl',
  listEntry: 'lists.jsonl',
  wait: 'comments.jsonl',
  bind: 'comments.jsonl',
  reports: 'comments.jsonl',
  report: 'comments.jsonl',
  thanks: 'comments.jsonl',
  thank: 'comments.jsonl',
  meta: 'article',
  body: 'article',
  html: 'article',
  head: 'article',
  ctl: 'article',
  seat: 'article',
  slug: 'derived',
  counter: 'derived',
  bucket: 'passing',
  proof: 'passing',
  sent: 'passing',
  outbox: 'passing',
  link: 'passing',
  session: 'passing',
  sweep: 'passing',
  job: 'passing',
};
