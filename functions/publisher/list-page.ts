import { cspListStyle } from '../../web/generated/assets.ts';
import { renderList, renderNotFound } from '../../web/pages/render.ts';
import type { ListView } from '../../web/pages/views.ts';
import type { Site } from '../domain/settings.ts';
import { findAuthor, findTerm } from '../table/authors.ts';
import { ARCHIVE, entries, frontFrom, PAGE, pageOf, places } from '../table/lists.ts';
import { getPost, type PostItem } from '../table/posts.ts';
import type { Table } from '../table/table.ts';
import { FEED, feedPage } from './feed.ts';
import { type FeedFormat, listKey, listUrl, NOT_FOUND_KEY, type Rendered } from './page.ts';
import { headOf, page } from './post-page.ts';
import { stamp } from './stamp.ts';

type PageNumber = number | 'front';

/** A page of the archive, a category or an author, or its front: the newest 10 to 19. Null where there is none. */
export async function listPage(
  table: Table,
  list: string,
  at: PageNumber,
  site: Site,
  now: Date,
): Promise<Rendered | null> {
  const given = await places(table, list);
  const last = Math.max(1, pageOf(given));
  if (at !== 'front' && at > last) return null;
  const from = at === 'front' ? frontFrom(given) : (at - 1) * PAGE + 1;
  const to = at === 'front' ? Math.max(given, 1) : at * PAGE;

  const [listed, about] = await Promise.all([postsAt(table, list, from, to), aboutList(table, list, at)]);
  if (!about) return null;
  const posts = listed.map((post) => ({ ...headOf(post, now), id: post.id, ver: post.ver }));
  const older = at === 'front' ? pageOf(from) - 1 : at - 1;
  const newer = at === 'front' ? null : at < last ? at + 1 : 'front';
  return page(
    listKey(list, at),
    renderList({
      site,
      stamp: stamp(
        'list',
        site.ver ?? 0,
        from,
        older,
        newer,
        about.ver,
        ...posts.flatMap(({ id, ver, years }) => [id, ver, years]),
      ),
      path: listUrl(list, at),
      kind: about.kind,
      title: about.title,
      author: about.author,
      posts,
      older: older > 0 ? listUrl(list, older) : null,
      newer: newer === null ? null : listUrl(list, newer),
    }),
    cspListStyle,
  );
}

/** The feed of a list, of what its front shows. Null where there is no such list. */
export async function listFeed(table: Table, list: string, format: FeedFormat, site: Site): Promise<Rendered | null> {
  const given = await places(table, list);
  const [posts, about] = await Promise.all([
    postsAt(table, list, frontFrom(given), Math.max(given, 1)),
    aboutList(table, list, 'front'),
  ]);
  return about && feedPage(table, list, format, { site, title: about.title, posts: posts.slice(0, FEED) });
}

/** Newest first. */
async function postsAt(table: Table, list: string, from: number, to: number): Promise<PostItem[]> {
  const found = await Promise.all(
    (await entries(table, list, from, to)).map(async (e) => ({ ...e, post: await getPost(table, e.post) })),
  );
  return found
    .flatMap(({ place, post }) => (post && stands(list, post, place) ? [post] : []))
    .toSorted((a, b) => compare(dateOf(b), dateOf(a)) || compare(b.slug, a.slug));
}

const dateOf = ({ date, created }: PostItem) => date ?? created;

/** Not an entry that a crash, a withdrawal or a change of category left behind. */
function stands(list: string, post: PostItem, place: number): boolean {
  const own = list === ARCHIVE || list === `author:${post.author.slug}` || list === `category:${post.category?.slug}`;
  return own && post.status === 'published' && post.places[list] === place;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type About = Pick<ListView, 'kind' | 'title' | 'author'> & { ver: number };

async function aboutList(table: Table, list: string, at: PageNumber): Promise<About | null> {
  const [kind, slug = ''] = list.split(':');
  if (kind === 'author') {
    const author = await findAuthor(table, slug);
    return author && { kind, title: author.name, author, ver: author.ver };
  }
  if (kind === 'category') {
    const term = await findTerm(table, slug);
    return term && { kind, title: term.name, author: null, ver: term.ver };
  }
  if (at === 'front') return { kind: 'home', title: '', author: null, ver: 0 };
  return { kind: 'archive', title: `Page ${at}`, author: null, ver: 0 };
}

/** What CloudFront shows for whatever is not there. */
export const notFoundPage = (site: Site): Rendered =>
  page(NOT_FOUND_KEY, renderNotFound({ site, stamp: stamp('404', site.ver ?? 0) }));
