import { checkSlug } from '../domain/post.ts';
import { type PostItem, savePost } from './posts.ts';
import { reserveSlug } from './slugs.ts';
import type { Table } from './table.ts';

/**
 * Access pattern `rename post`: `reserve a slug`, then META, conditional on `ver`. Readers are led on from the slug they
 * had; one that nobody had is free again. Throws RuleError 'post.invalid', 'slug.taken' or 'post.conflict'.
 */
export async function renamePost(table: Table, post: PostItem, wanted: string, now: Date): Promise<PostItem> {
  const slug = checkSlug(wanted);
  if (slug === post.slug) return post;
  await reserveSlug(table, slug, post.id, now);
  const left = post.seen ? [...post.formerly, post.slug] : post.formerly;
  return savePost(table, post, { slug, formerly: left.filter((one) => one !== slug) });
}
