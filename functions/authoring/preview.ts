import type { InferOutput } from 'valibot';
import { renderPost } from '../../web/pages/render.ts';
import { nameSlug } from '../domain/post.ts';
import { siteInForce } from '../site-in-force.ts';
import { findAuthor } from '../table/authors.ts';
import type { Table } from '../table/table.ts';
import { contentOf, type unfinished } from './article.ts';

/** The page that readers would get, made by what makes theirs; nothing of it is stored. */
export async function preview(table: Table, words: InferOutput<typeof unfinished>, now: Date): Promise<string> {
  const { kind, slug, ...article } = words;
  const { author, source: _, ...content } = contentOf({ ...article, author: article.author || 'Nobody yet' });
  const known = await findAuthor(table, author.slug);
  return renderPost({
    site: await siteInForce(table),
    stamp: 'preview',
    kind,
    post: {
      ...content,
      slug: slug || nameSlug(content.title || 'untitled'),
      title: content.title || 'Untitled',
      date: now.toISOString(),
      updated: null,
      author: known ?? { ...author, bio: '', links: [] },
      closed: kind === 'page',
      years: 0,
    },
    total: 0,
    pins: [],
    threads: [],
    earlier: null,
  });
}
