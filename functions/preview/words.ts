import * as v from 'valibot';
import { article, SOURCE_BYTES } from '../authoring/article.ts';
import { siteWords } from '../site/words.ts';

/** As it is stored: the operator's command may have written more than the room lets through. */
const card = v.strictObject({
  slug: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,80}$/, 'must be the slug of an author')),
  name: v.string(),
  bio: v.string(),
  links: v.array(v.strictObject({ label: v.string(), href: v.string() })),
});

/** An article as it stands in an editor, whatever is missing, and what its page shows besides: the site's words, its author's card where there is one. */
export const unfinished = v.strictObject({
  ...article.entries,
  title: v.optional(v.pipe(v.string(), v.maxLength(200, 'may have 200 characters')), ''),
  author: v.optional(v.pipe(v.string(), v.maxLength(80, 'may have 80 characters')), ''),
  source: v.optional(v.pipe(v.string(), v.maxBytes(SOURCE_BYTES, `may have ${SOURCE_BYTES} bytes`)), ''),
  site: v.optional(siteWords),
  card: v.optional(v.nullable(card), null),
});
