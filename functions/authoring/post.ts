import { isDeepStrictEqual } from 'node:util';
import { RuleError } from '../domain/errors.ts';
import { type Content, checkSlug, type Named, type PostKind, slugify } from '../domain/post.ts';
import { nameAuthor, nameTerm } from '../table/authors.ts';
import { createPost, findPost, type PostItem, revisePost } from '../table/posts.ts';
import { readBody, type Written } from '../table/revisions.ts';
import type { Table } from '../table/table.ts';
import { type Article, contentOf } from './article.ts';

/** A new draft; its author and category are created if they are new. Throws RuleError 'post.invalid' or 'slug.taken'. */
export async function create(
  table: Table,
  article: Article,
  now: Date,
  written: Written & { kind?: PostKind } = {},
): Promise<PostItem> {
  const content = contentOf(article);
  const slug = checkSlug(article.slug ?? slugify(content.title));
  return createPost(table, slug, await withNames(table, content), now, written);
}

/** A new revision of `post` as it was read; the same content again is none. Throws RuleError 'post.conflict'. */
export async function revise(
  table: Table,
  post: PostItem,
  article: Article,
  now: Date,
  written: Written & { closed?: boolean | undefined } = {},
): Promise<PostItem> {
  const content = sameNames(post, contentOf(article));
  if ((written.closed ?? post.closed) === post.closed && (await says(table, post, content))) return post;
  return revisePost(table, post, await withNames(table, content), now, written);
}

async function says(table: Table, post: PostItem, { source, html: _, ...head }: Content): Promise<boolean> {
  const { title, excerpt, author, category, tags } = post;
  return (
    isDeepStrictEqual(head, { title, excerpt, author, category, tags }) && source === (await readBody(table, post))
  );
}

/** Whoever is called so now: somebody new, or who was called otherwise before. */
async function withNames(table: Table, content: Content): Promise<Content> {
  const author = named(await nameAuthor(table, content.author.slug, content.author.name));
  const { category } = content;
  return { ...content, author, category: category && named(await nameTerm(table, category.slug, category.name)) };
}

const named = ({ slug, name }: Named): Named => ({ slug, name });

/** A name that the post had already is whose it was, whatever slug it would have. */
function sameNames({ author, category }: PostItem, content: Content): Content {
  return {
    ...content,
    author: content.author.name === author.name ? author : content.author,
    category: content.category?.name === category?.name ? category : content.category,
  };
}

/** Throws RuleError 'post.not-found'. */
export async function existing(table: Table, slugOrId: string): Promise<PostItem> {
  const post = await findPost(table, slugOrId);
  if (!post) throw new RuleError('post.not-found');
  return post;
}
