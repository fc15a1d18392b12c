/** Where people may be sent by a link they gave: the web and mail, nothing that runs. Null for anything else. */
export function outward(href: string | null): string | null {
  if (href === null || !URL.canParse(href)) return null;
  return ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol) ? href : null;
}

export const postPath = (slug: string) => `/${encodeURIComponent(slug)}/`;

export const authorPath = (slug: string) => `/author/${encodeURIComponent(slug)}/`;

export const categoryPath = (slug: string) => `/category/${encodeURIComponent(slug)}/`;

export const commentsAction = (slug: string) => `/api/posts/${encodeURIComponent(slug)}/comments`;

export const replyPath = (slug: string, ref: string) =>
  `/api/posts/${encodeURIComponent(slug)}/reply?to=${encodeURIComponent(ref)}`;

export const reportPath = (slug: string, ref?: string) =>
  `/api/posts/${encodeURIComponent(slug)}/report${ref ? `?comment=${encodeURIComponent(ref)}` : ''}`;

/** What follows a conversation. */
export const talkFeed = (slug: string) => ({
  href: `/api/posts/${encodeURIComponent(slug)}/feed.xml`,
  label: 'Follow the conversation',
});
