import { RuleError } from '../domain/errors.ts';
import { metaKey, slugKey } from './keys.ts';
import type { Table } from './table.ts';

interface SlugItem {
  post: string;
  /** When it was taken. */
  at: string;
}

interface Holder {
  slug: string;
  formerly: readonly string[];
}

/** No request lives longer: whoever reserved a slug that long ago, and has no post by it, died or changed their mind. */
const RESERVED_MS = 60_000;

/**
 * Access pattern `reserve a slug`: PutItem of SLUG if absent; else GetItem of it and of the META it names, and PutItem over
 * one that no post stands by, its own too: a post that takes back what it left reserves it anew. Throws RuleError 'slug.taken'.
 */
export async function reserveSlug(table: Table, slug: string, post: string, now: Date): Promise<void> {
  const mine: SlugItem = { post, at: now.toISOString() };
  if (await table.putIfAbsent(slugKey(slug), mine)) return;
  const taken = await table.get<SlugItem>(slugKey(slug));
  if (!taken) return reserveSlug(table, slug, post, now);
  const stood = await stands(table, taken.post, slug);
  const own = taken.post === post;
  if (own && stood) return;
  const recent = new Date(now.getTime() - RESERVED_MS).toISOString();
  if (!own && (stood || taken.at >= recent)) throw new RuleError('slug.taken', { slug });
  const unchanged = { expression: 'post = :post AND #at = :at', names: { '#at': 'at' } };
  const over = { ...unchanged, values: { ':post': taken.post, ':at': taken.at } };
  if (!(await table.put(slugKey(slug), mine, over))) return reserveSlug(table, slug, post, now);
}

/** Access pattern `slug`: GetItem of SLUG and of the META it names, consistent. The post's id; null: it is free. */
export async function ownerOf(table: Table, slug: string): Promise<string | null> {
  const taken = await table.get<SlugItem>(slugKey(slug));
  return taken && (await stands(table, taken.post, slug)) ? taken.post : null;
}

/** Whether it is the post's slug, or was while readers had it. */
async function stands(table: Table, post: string, slug: string): Promise<boolean> {
  const holder = await table.get<Holder>(metaKey(post));
  return holder !== null && (holder.slug === slug || holder.formerly.includes(slug));
}
