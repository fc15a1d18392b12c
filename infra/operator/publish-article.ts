import { create, revise } from '../../functions/authoring/post.ts';
import { addressHash } from '../../functions/domain/identity.ts';
import { nameSlug, slugify } from '../../functions/domain/post.ts';
import { readEnv } from '../../functions/env.ts';
import { claimAddress } from '../../functions/table/people.ts';
import { findPost, type PostItem, publishPost } from '../../functions/table/posts.ts';
import type { Table } from '../../functions/table/table.ts';
import type { ArticleFile } from './article-file.ts';

/** A new post, or a new revision of the one with the same slug; published unless the file calls it a draft. */
export async function publishArticle(table: Table, file: ArticleFile, now: Date): Promise<PostItem> {
  const { date, draft, email, ...article } = file;
  const slug = article.slug ?? slugify(article.title);
  const before = await findPost(table, slug);
  const post = before ? await revise(table, before, article, now) : await create(table, { ...article, slug }, now);
  if (email) await claimAddress(table, addressHash(readEnv().identityKey, email), nameSlug(article.author));
  const again = post.status === 'published' && (date === undefined || date === post.date);
  return draft || again ? post : publishPost(table, post, date ?? null, now);
}
