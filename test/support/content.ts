import { commentId } from '../../functions/domain/identity.ts';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import type { Content } from '../../functions/domain/post.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { nameAuthor, nameTerm } from '../../functions/table/authors.ts';
import type { CommentItem, Said } from '../../functions/table/comment-items.ts';
import { createPost, type PostItem, publishPost } from '../../functions/table/posts.ts';
import type { Table } from '../../functions/table/table.ts';
import { NOW } from './world.ts';

export const content = ({ source = 'We set out *nine* chairs.', ...over }: Partial<Content> = {}): Content => ({
  title: 'A chair too few',
  source,
  html: renderMarkdown(source),
  excerpt: 'We set out nine chairs.',
  author: { slug: 'ada-byrne', name: 'Ada Byrne' },
  category: { slug: 'rooms', name: 'Rooms' },
  tags: ['chairs'],
  ...over,
});

/** A published post with its author and category. */
export async function publishedPost(
  table: Table,
  slug = 'a-chair-too-few',
  over: Partial<Content> = {},
): Promise<PostItem> {
  const { author, category } = content(over);
  await nameAuthor(table, author.slug, author.name);
  if (category) await nameTerm(table, category.slug, category.name);
  return publishPost(table, await createPost(table, slug, content(over), NOW), NOW.toISOString(), NOW);
}

/** What the comment handler would keep; the same words by the same person are the same comment. */
export function said(post: PostItem, source: string, { parent = null, person = 'p1', html }: SaidOptions = {}): Said {
  return {
    id: commentId('key', { post: post.id, parent: parent?.at ?? null, person, source }),
    post: post.id,
    to: parent?.at ?? null,
    root: parent && (parent.root ?? parent.at),
    author: { name: `Person ${person}`, url: null, host: false, hue: 3 },
    person,
    html: html ?? sanitizeComment(source).html,
    source,
    policy: '1',
    removed: [],
    reason: 'first-time',
    created: NOW.toISOString(),
    reader: `reader-${person}`,
  };
}

interface SaidOptions {
  parent?: Pick<CommentItem, 'at' | 'root'> | null;
  person?: string;
  html?: Said['html'];
}
