import * as v from 'valibot';
import { renderMarkdown } from '../domain/markdown.ts';
import { type Content, excerptOf, nameSlug } from '../domain/post.ts';
import { cleanText } from '../domain/text.ts';

const SOURCE_BYTES = 262_144;

const line = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cleanText(text).replace(/\s+/g, ' ').trim()),
    v.minLength(1, 'must not be empty'),
    v.maxLength(max, `may have ${max} characters`),
  );

/** What an author sends or a file's front matter holds, with the Markdown as `source`. */
export const article = v.strictObject({
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

/** An article sent again, with the `ver` that was read; `closed` ends its conversation or opens it again. */
export const revision = v.strictObject({ ...article.entries, ver: v.number(), closed: v.optional(v.boolean()) });

export type Article = v.InferOutput<typeof article>;

export function contentOf({ title, author, category, tags, excerpt, source }: Article): Content {
  return {
    title,
    source,
    tags,
    excerpt: excerpt ?? excerptOf(textOf(source)),
    author: { name: author, slug: nameSlug(author) },
    category: category === null ? null : { name: category, slug: nameSlug(category) },
  };
}

/** What a reader reads of the Markdown, headings left out: its HTML without the tags, which the renderer made and closed. */
const textOf = (source: string) =>
  renderMarkdown(source)
    .replace(/<(h[1-6])>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
