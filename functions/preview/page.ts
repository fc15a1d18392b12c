import type { InferOutput } from 'valibot';
import { renderPost } from '../../web/pages/render.ts';
import { contentOf } from '../authoring/article.ts';
import { nameSlug } from '../domain/post.ts';
import type { Site } from '../domain/settings.ts';
import type { unfinished } from './words.ts';

/** The page that readers would get, made by what makes theirs; nothing is read for it, and nothing of it is stored. */
export function previewPage(words: InferOutput<typeof unfinished>, settings: Site, now: Date): string {
  const { kind, slug, site, card, ...article } = words;
  const { author, source: _, ...content } = contentOf({ ...article, author: article.author || 'Nobody yet' });
  return renderPost({
    site: { ...settings, ...site },
    stamp: 'preview',
    kind,
    post: {
      ...content,
      slug: slug || nameSlug(content.title || 'untitled'),
      title: content.title || 'Untitled',
      date: now.toISOString(),
      updated: null,
      author: card ?? { ...author, bio: '', links: [] },
      closed: kind === 'page',
      years: 0,
    },
    total: 0,
    pins: [],
    threads: [],
    earlier: null,
  });
}
