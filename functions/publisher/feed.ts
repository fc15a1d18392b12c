import { ATOM, JSON_FEED, renderAtom, renderJsonFeed } from '../../web/pages/feed.ts';
import type { FeedView } from '../../web/pages/views.ts';
import type { Site } from '../domain/settings.ts';
import type { PostItem } from '../table/posts.ts';
import { readHtml } from '../table/revisions.ts';
import type { Table } from '../table/table.ts';
import { type FeedFormat, feedKey, listUrl, type Rendered } from './page.ts';
import { stamp } from './stamp.ts';

/** How many articles a feed has. */
export const FEED = 10;

/** The feed of a list: its newest articles, whole. */
export async function feedPage(
  table: Table,
  list: string,
  format: FeedFormat,
  { site, title, posts }: { site: Site; title: string; posts: readonly PostItem[] },
): Promise<Rendered> {
  const made = await Promise.all(posts.map(async (post) => ({ post, ...(await readHtml(table, post)) })));
  const entries = made.map(({ post, html }) => ({
    id: `post/${post.id}`,
    url: `/${post.slug}/`,
    title: post.title,
    author: { name: post.author.name, url: null },
    html,
    published: post.date ?? post.created,
    updated: post.updated ?? post.date ?? post.created,
  }));
  const path = listUrl(list, 'front');
  const view: FeedView = {
    site,
    stamp: stamp('feed', site.ver ?? 0, title, ...made.flatMap(({ post, ver }) => [post.id, post.ver, ver])),
    title: title ? `${title} · ${site.title}` : site.title,
    path,
    self: `${path}feed`,
    updated: entries.map(({ updated }) => updated).reduce((a, b) => (a > b ? a : b), EPOCH),
    entries,
  };
  return {
    key: feedKey(list, format),
    html: format === 'xml' ? renderAtom(view) : renderJsonFeed(view),
    type: format === 'xml' ? ATOM : JSON_FEED,
    metadata: {},
  };
}

/** Of a site on which nothing was published. */
const EPOCH = '1970-01-01T00:00:00Z';
