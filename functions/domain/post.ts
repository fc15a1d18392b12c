import { createHash } from 'node:crypto';
import { RuleError } from './errors.ts';
import type { SafeHtml } from './sanitize.ts';

/** A page stands on no list and has no date: what the site says about itself. */
export type PostKind = 'post' | 'page';

export type PostStatus = 'draft' | 'scheduled' | 'published' | 'withdrawn';

/** First parts of addresses that are Stoa's own. */
export const RESERVED = [
  'api',
  'admin',
  'page',
  'category',
  'author',
  'tag',
  'comments',
  'c',
  'outbox',
  'feed',
  'search',
  'assets',
  'media',
] as const;

/** What an author writes; the rest of a post is Stoa's bookkeeping. */
export interface Content {
  title: string;
  /** Markdown. */
  source: string;
  /** What it becomes. */
  html: SafeHtml;
  excerpt: string;
  author: Named;
  category: Named | null;
  tags: readonly string[];
}

export interface Named {
  slug: string;
  name: string;
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const SLUG_LENGTH = 80;

/** `Héllo, wörld!` -> `hello-world`; words without Latin letters keep none, so the result may be empty. */
export function slugify(text: string): string {
  const ascii = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/['’]/g, '');
  const slug = ascii.replace(/[^a-z0-9]+/g, '-').slice(0, SLUG_LENGTH);
  return slug.replace(/^-+|-+$/g, '');
}

/** A name's address: of letters that have no Latin form, a hash. */
export const nameSlug = (name: string) =>
  slugify(name) || createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 12);

/** Throws RuleError 'post.invalid' {field, got, remedy} for a slug that cannot be an address of a post. */
export function checkSlug(slug: string): string {
  const refuse = (remedy: string) => {
    throw new RuleError('post.invalid', { field: 'slug', got: slug.slice(0, SLUG_LENGTH), remedy });
  };
  if (!SLUG.test(slug) || slug.length > SLUG_LENGTH) {
    refuse(`must match [a-z0-9-]+ in at most ${SLUG_LENGTH} characters${suggestion(slug)}`);
  }
  if (RESERVED.some((word) => word === slug)) refuse('is an address of Stoa itself: choose another');
  return slug;
}

const suggestion = (slug: string) => (slugify(slug) ? `: try "${slugify(slug)}"` : '');

/** Whole years from `date` to the UTC day of `now`; what is younger than a year is 0. */
export function yearsSince(date: string, now: Date): number {
  const then = new Date(date);
  const years = now.getUTCFullYear() - then.getUTCFullYear();
  const beforeDay =
    now.getUTCMonth() < then.getUTCMonth() ||
    (now.getUTCMonth() === then.getUTCMonth() && now.getUTCDate() < then.getUTCDate());
  return Math.max(0, beforeDay ? years - 1 : years);
}

/** By an author's hand, or by its age: from the UTC day on that is so many after the one it was published. */
export const isClosed = (
  { closed, date }: { closed: boolean; date: string | null },
  afterDays: number | null,
  now: Date,
): boolean =>
  closed ||
  (afterDays !== null && date !== null && dayNumber(now.getTime()) - dayNumber(Date.parse(date)) >= afterDays);

const dayNumber = (time: number) => Math.floor(time / 86_400_000);

/** The first words of an article's text, for lists and descriptions. */
export function excerptOf(text: string, length = 200): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= length) return plain;
  const cut = plain.slice(0, length + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).trimEnd()} …`;
}
