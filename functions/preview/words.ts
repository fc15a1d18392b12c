import * as v from 'valibot';
import { article, SOURCE_BYTES } from '../authoring/article.ts';
import { authorWords, siteWords } from '../site/words.ts';

const { name, bio, links } = authorWords.entries;

/** An article as it stands in an editor, whatever is missing, and what its page shows besides: the site's words, its author's card where there is one. */
export const unfinished = v.strictObject({
  ...article.entries,
  title: v.optional(v.pipe(v.string(), v.maxLength(200, 'may have 200 characters')), ''),
  author: v.optional(v.pipe(v.string(), v.maxLength(80, 'may have 80 characters')), ''),
  source: v.optional(v.pipe(v.string(), v.maxBytes(SOURCE_BYTES, `may have ${SOURCE_BYTES} bytes`)), ''),
  site: siteWords,
  card: v.nullable(
    v.strictObject({
      slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must be the slug of an author')),
      name,
      bio,
      links,
    }),
  ),
});
