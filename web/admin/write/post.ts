export type Status = 'draft' | 'scheduled' | 'published' | 'withdrawn';

export interface Named {
  slug: string;
  name: string;
}

/** As `GET /api/admin/posts` lists it. */
export interface Summary {
  id: string;
  kind: 'post' | 'page';
  slug: string;
  title: string;
  excerpt: string;
  author: Named;
  category: Named | null;
  tags: readonly string[];
  status: Status;
  /** When it is, or will be, published. */
  date: string | null;
  updated: string | null;
  closed: boolean;
  ver: number;
}

/** As `GET /api/admin/posts/{id}` gives it. */
export interface Post extends Summary {
  source: string;
  /** False when the excerpt was made from the text. */
  ownExcerpt: boolean;
}

/** What an author types, field by field. */
export interface Words {
  kind: 'post' | 'page';
  title: string;
  slug: string;
  author: string;
  category: string;
  /** With commas between. */
  tags: string;
  excerpt: string;
  source: string;
  closed: boolean;
}

export const noWords = (kind: Words['kind'] = 'post', author = ''): Words => ({
  kind,
  title: '',
  slug: '',
  author,
  category: '',
  tags: '',
  excerpt: '',
  source: '',
  closed: false,
});

export const wordsOf = ({ kind = 'post', slug, title, excerpt, ownExcerpt, ...post }: Post): Words => ({
  kind,
  title,
  slug,
  author: post.author.name,
  category: post.category?.name ?? '',
  tags: post.tags.join(', '),
  excerpt: ownExcerpt ? excerpt : '',
  source: post.source,
  closed: post.closed,
});

const FIELDS = Object.keys(noWords()) as (keyof Words)[];

export const isSame = (a: Words, b: Words, but: readonly (keyof Words)[] = []): boolean =>
  FIELDS.every((field) => but.includes(field) || a[field] === b[field]);

/** What the API takes for them; `slug` has a route of its own once the article is there. */
export function bodyOf({ kind, title, author, category, tags, excerpt, source }: Words) {
  const named = tags.split(',').map((tag) => tag.trim());
  return {
    ...(kind === 'page' ? { kind } : {}),
    title,
    author,
    category: category.trim() || null,
    tags: named.filter(Boolean),
    ...(excerpt.trim() ? { excerpt } : {}),
    source,
  };
}
