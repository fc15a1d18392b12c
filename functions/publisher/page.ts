/** A page that the publisher makes, by what it shows; where it lies is decided when it is made. */
export type Page =
  | { kind: 'post'; post: string }
  | { kind: 'segment'; post: string; segment: string }
  | { kind: 'list'; list: string; page: number | 'front' }
  | { kind: 'feed'; list: string; format: FeedFormat }
  | { kind: 'not-found' };

/** Atom and JSON Feed, by the ending of the file. */
export type FeedFormat = 'xml' | 'json';

export const pageId = (page: Page): string => Object.values(page).join(' ');

/** What is to lie in the bucket. */
export interface Rendered {
  key: string;
  html: string;
  /** HTML without one. */
  type?: string;
  /** Object metadata that the edge reads: `x-amz-meta-<name>`. */
  metadata: Record<string, string>;
}

export const postKey = (slug: string) => `${slug}/index.html`;
export const segmentPageKey = (slug: string, segment: string) => `${slug}/comments/${segment}/index.html`;
export const NOT_FOUND_KEY = '404.html';

/** `all` -> `/`, `category:x` -> `/category/x/`; numbered pages lie under `page/<n>/`. */
export function listUrl(list: string, page: number | 'front'): string {
  const [kind = '', slug] = list.split(':');
  const base = slug === undefined ? '/' : `/${kind}/${slug}/`;
  return page === 'front' ? base : `${base}page/${page}/`;
}

export const listKey = (list: string, page: number | 'front') => `${listUrl(list, page).slice(1)}index.html`;
export const feedKey = (list: string, format: FeedFormat) => `${listUrl(list, 'front').slice(1)}feed.${format}`;
