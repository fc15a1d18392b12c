import * as v from 'valibot';
import { renderMarkdown } from '../domain/markdown.ts';
import { type Content, excerptOf, nameSlug } from '../domain/post.ts';
import type { SafeHtml } from '../domain/sanitize.ts';
import { cleanText } from '../domain/text.ts';

export const SOURCE_BYTES = 262_144;
/** Such an article as JSON, whatever is escaped in it. */
export const ARTICLE_BYTES = 524_288;

const line = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cleanText(text).replace(/\s+/g, ' ').trim()),
    v.minLength(1, 'must not be empty'),
    v.maxLength(max, `may have ${max} characters`),
  );

const kind = v.optional(v.picklist(['post', 'page'], 'must be post or page'), 'post');

/** What an author sends or a file's front matter holds, with the Markdown as `source`. */
export const article = v.strictObject({
  kind,
  title: line(200),
  slug: v.optional(v.string()),
  author: line(80),
  category: v.optional(v.nullable(line(60)), null),
  tags: v.optional(v.pipe(v.array(line(40)), v.maxLength(20, 'may be 20')), []),
  excerpt: v.optional(line(400)),
  source: v.pipe(
    v.string(),
    v.check((text) => text.trim() !== '', 'must not be empty'),
    v.maxBytes(SOURCE_BYTES, `may have ${SOURCE_BYTES} bytes`),
  ),
});

/**
 * An article sent again, with the `ver` that was read; `closed` ends its conversation or opens it again. `autosave` marks
 * the revision as one that nobody asked for.
 */
export const revision = v.strictObject({
  ...article.entries,
  ver: v.number(),
  closed: v.optional(v.boolean()),
  autosave: v.optional(v.boolean(), false),
});

export type Article = Omit<v.InferOutput<typeof article>, 'kind'>;

export function contentOf({ title, author, category, tags, excerpt, source }: Article): Content {
  const html = renderMarkdown(source);
  return {
    title,
    source,
    html,
    tags,
    excerpt: excerpt ?? excerptFrom(html),
    author: { name: author, slug: nameSlug(author) },
    category: category === null ? null : { name: category, slug: nameSlug(category) },
  };
}

/** What stands for an article whose author wrote no excerpt. */
export const excerptFrom = (html: SafeHtml) => excerptOf(textOf(html));

/** What a reader reads of it, headings left out: the HTML without the tags, which the renderer made and closed. */
const textOf = (html: SafeHtml) =>
  html
    .replace(/<(h[1-6])>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
