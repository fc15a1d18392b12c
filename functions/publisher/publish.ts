import { isClosed } from '../domain/post.ts';
import type { Site } from '../domain/settings.ts';
import { log } from '../log.ts';
import { siteOver } from '../site-in-force.ts';
import { count } from '../table/counters.ts';
import { RENEW_AGAIN, saveJob } from '../table/jobs.ts';
import { getPost } from '../table/posts.ts';
import { WithoutHtml } from '../table/revisions.ts';
import type { Table } from '../table/table.ts';
import { listFeed, listPage, notFoundPage } from './list-page.ts';
import { movedPage } from './moved-page.ts';
import { feedKey, listKey, NOT_FOUND_KEY, type Page, pageId, postKey, type Rendered, segmentPageKey } from './page.ts';
import { postPage } from './post-page.ts';
import { segmentPage } from './segment-page.ts';
import { readState, registerOf } from './state.ts';
import type { ETag, Store } from './store.ts';

export interface Press {
  /** A handle that marks what it writes as the publisher's. */
  table: Table;
  store: Store;
  /** The settings'; what an author changed of it lies in the table. */
  site: Site;
  /** Articles this old take no more comments; null: they never grow too old. */
  closeAfterDays: number | null;
  now(): Date;
  /** How many pages of one conversation, or articles of one list, are made anew with one record. */
  pace: number;
}

export const PACE = 16;

const ATTEMPTS = 10;

/**
 * Brings pages up to what the table says: the ETag first, then the table, then the page over exactly that ETag, and
 * once more whenever somebody else was faster. Pages of one post share what they read. `req`, the request that they are
 * made for, is kept beside the object: a page's bytes are the same whoever asked for them.
 */
export async function publish(press: Press, pages: readonly Page[], req?: string): Promise<void> {
  for (const group of grouped(pages).flatMap(inSteps)) {
    let left = group;
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new Error(`lost ${ATTEMPTS} races for ${left.map(pageId).join(', ')}`);
      left = await attemptAll(press, left, req);
    }
  }
}

function grouped(pages: readonly Page[]): Page[][] {
  const groups = new Map<string, Page[]>();
  for (const page of pages) {
    const owner = 'post' in page ? page.post : pageId(page);
    groups.set(owner, [...(groups.get(owner) ?? []), page]);
  }
  return [...groups.values()];
}

/** A long conversation is not read into memory at once. */
function inSteps(group: Page[]): Page[][] {
  return Array.from({ length: Math.ceil(group.length / PACE) }, (_, i) => group.slice(i * PACE, (i + 1) * PACE));
}

/** One try at the pages of one post, or at one other page; gives those that somebody else was faster with. */
async function attemptAll(press: Press, group: Page[], req: string | undefined): Promise<Page[]> {
  const etags = new Map<string, ETag>();
  const keys = await keysOf(press, group);
  await Promise.all(keys.map(async (key) => etags.set(key, await press.store.etag(key))));

  const make = await maker(press, group);
  const lost = new Set<Page>();
  for (const page of group) {
    for (const rendered of await make(page)) {
      if (!(await press.store.put(madeFor(rendered, req), etags.get(rendered.key) ?? null))) lost.add(page);
    }
  }
  return [...lost];
}

const madeFor = (page: Rendered, req: string | undefined): Rendered =>
  req === undefined ? page : { ...page, metadata: { ...page.metadata, req } };

/** Where they lie, and where they lay under the post's former slugs. */
async function keysOf({ table }: Press, group: Page[]): Promise<string[]> {
  const owner = group.find((page) => 'post' in page);
  const post = owner && 'post' in owner ? await getPost(table, owner.post) : null;
  const slugs = post ? [post.slug, ...post.formerly] : [];
  return group.flatMap((page) => {
    if (page.kind === 'not-found') return [NOT_FOUND_KEY];
    if (page.kind === 'feed') return [feedKey(page.list, page.format)];
    if (page.kind === 'list') return [listKey(page.list, page.page)];
    return slugs.map((slug) => (page.kind === 'post' ? postKey(slug) : segmentPageKey(slug, page.segment)));
  });
}

/** Counts the segments first, since the post page shows the total. */
async function maker(
  { table, site: settings, closeAfterDays, now }: Press,
  group: Page[],
): Promise<(page: Page) => Promise<Rendered[]>> {
  const site = await siteOver(table, settings);
  const owner = group.find((page) => 'post' in page);
  const state = readState(table, owner && 'post' in owner ? owner.post : '', (post) =>
    isClosed(post, closeAfterDays, now()),
  );
  for (const page of group) {
    if (page.kind !== 'segment') continue;
    const { comments } = await state.segment(page.segment);
    if (comments.length > 0) await count(table, page.post, page.segment, registerOf(comments));
  }
  const render = async (page: Page) => {
    switch (page.kind) {
      case 'post':
        return postPage(state, site, now());
      case 'segment':
        return segmentPage(state, page.segment, site);
      case 'list':
        return listPage(table, page.list, page.page, site, now());
      case 'feed':
        return listFeed(table, page.list, page.format, site);
      case 'not-found':
        return notFoundPage(site);
    }
  };
  return async (page) => {
    const rendered = await render(page).catch((error: unknown) => untilRenewed(table, page, error));
    if (!rendered) return [];
    const post = 'post' in page ? await state.post() : null;
    return [rendered, ...(post?.formerly ?? []).flatMap((from) => (post ? [movedPage(post, page, from)] : []))];
  };
}

/** What stands there stays; the record of the HTML, once it is made, is the occasion for the page. Throws any other error. */
async function untilRenewed(table: Table, page: Page, error: unknown): Promise<null> {
  if (!(error instanceof WithoutHtml)) throw error;
  log.error('not published', { pages: [pageId(page)] }, error);
  await saveJob(table, RENEW_AGAIN, pageId(page));
  return null;
}
