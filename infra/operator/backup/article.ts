import { parse, stringify } from 'yaml';
import type { PostItem } from '../../../functions/table/posts.ts';
import type { Item } from '../../../functions/table/table.ts';

const FENCE = '---\n';

/** An article as Markdown: what a person reads in the front matter, what Stoa keeps besides under `stoa`, the text below. */
export function writeArticle(meta: Item, source: string): string {
  const { title, slug, author, category, tags, date, excerpt, ...rest } = meta as unknown as PostItem;
  const front = {
    title,
    slug,
    author: author.name,
    ...(category ? { category: category.name } : {}),
    tags,
    ...(date === null ? {} : { date }),
    excerpt,
    stoa: { ...rest, author: author.slug, ...(category ? { category: category.slug } : {}) },
  };
  return `${FENCE}${stringify(front, { lineWidth: 0 })}${FENCE}${source}`;
}

/** The other way round. Throws an Error for what is not such a file. */
export function readArticle(text: string): { meta: Item; source: string } {
  const end = text.indexOf(`\n${FENCE}`, FENCE.length);
  if (!text.startsWith(FENCE) || end < 0) throw new Error('it has no front matter');
  const front = parse(text.slice(FENCE.length, end + 1));
  const { title, slug, author, category = null, tags, date = null, excerpt, stoa } = front;
  const meta = {
    ...stoa,
    title,
    slug,
    author: { slug: stoa.author, name: author },
    category: category === null ? null : { slug: stoa.category, name: category },
    tags,
    date,
    excerpt,
  };
  return { meta, source: text.slice(end + 1 + FENCE.length) };
}
