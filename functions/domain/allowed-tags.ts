/** What a comment's markup may hold: each tag with the attributes it may bear. The sanitizer's table and the form's hint. */
export const ALLOWED_TAGS = {
  a: ['href', 'title'],
  abbr: ['title'],
  acronym: ['title'],
  b: [],
  blockquote: ['cite'],
  cite: [],
  code: [],
  del: ['datetime'],
  em: [],
  i: [],
  q: ['cite'],
  s: [],
  strike: [],
  strong: [],
} as const satisfies Record<string, readonly string[]>;

/** `<a href="" title="">`, `<abbr title="">` …, as people type them. */
export const tagsHint: readonly string[] = Object.entries(ALLOWED_TAGS).map(
  ([tag, attributes]) => `<${[tag, ...attributes.map((name) => `${name}=""`)].join(' ')}>`,
);

/** Raised with every change of what the sanitizer lets through: comments of an older policy are sanitized anew. */
export const POLICY = '1';

/** The same for what an article's Markdown becomes: HTML of another policy is made anew. */
export const ARTICLE_POLICY = '1';
