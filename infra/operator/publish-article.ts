import { create, revise } from '../../functions/authoring/post.ts';
import { addressHash } from '../../functions/domain/identity.ts';
import { nameSlug } from '../../functions/domain/post.ts';
import { claimAddress } from '../../functions/table/people.ts';
import { findPost, type PostItem, publishPost } from '../../functions/table/posts.ts';
import { Failure } from '../local/failure.ts';
import type { ArticleFile } from './article-file.ts';
import type { Session } from './session.ts';

/**
 * A new post, or a new revision of the one with the same slug; published unless the file calls it a draft. Throws a Failure
 * for a draft of what readers have, or are promised.
 */
export async function publishArticle(
  { table, identityKey }: Pick<Session, 'table' | 'identityKey'>,
  file: ArticleFile,
  now: Date,
): Promise<PostItem> {
  const { path, date, draft, email, ...article } = file;
  const before = await findPost(table, article.slug);
  if (draft && (before?.status === 'published' || before?.status === 'scheduled')) {
    throw new Failure(`${path}: ${article.slug} is ${before.status}: withdraw it first, or take draft: true away`);
  }
  const post = before ? await revise(table, before, article, now) : await create(table, article, now);
  if (email) await claimAddress(table, addressHash(await identityKey(), email), nameSlug(article.author));
  const again = post.status === 'published' && (date === undefined || date === post.date);
  return draft || again ? post : publishPost(table, post, date ?? null, now);
}
