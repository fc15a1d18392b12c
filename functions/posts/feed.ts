import { ATOM, JSON_FEED, renderAtom, renderJsonFeed } from '../../web/pages/feed.ts';
import type { FeedView } from '../../web/pages/views.ts';
import type { Site } from '../domain/settings.ts';
import { mainSegment, permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { shared } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import type { CommentItem } from '../table/comment-items.ts';
import type { PostItem } from '../table/posts.ts';
import { readHead, readSegment } from '../table/segments.ts';
import { openTable, type Table } from '../table/table.ts';
import { published } from './published.ts';

const NEWEST = 20;

export const atom = async (call: Call): Promise<Reply> => shared(call, renderAtom(await conversation(call)), ATOM);
export const jsonFeed = async (call: Call): Promise<Reply> =>
  shared(call, renderJsonFeed(await conversation(call)), JSON_FEED);

/** The newest of a conversation's main segments; what goes on in overflows is on its own pages. */
async function conversation(call: Call): Promise<FeedView> {
  const table = openTable(readEnv().table);
  const post = await published(table, call);
  return feedOf(await siteInForce(table), post, await newest(table, post));
}

async function newest(table: Table, { id }: PostItem): Promise<CommentItem[]> {
  const { seg } = await readHead(table, id);
  const segments = await Promise.all(
    [seg - 1, seg].filter((s) => s > 0).map((s) => readSegment(table, id, mainSegment(s))),
  );
  return segments
    .flatMap(({ comments }) => comments.filter(({ status }) => status === 'approved'))
    .slice(-NEWEST)
    .reverse();
}

function feedOf(site: Site, post: PostItem, comments: CommentItem[]): FeedView {
  const entries = comments.map(({ at, author, html, created, edited }) => ({
    id: `comment/${post.id}/${at}`,
    url: permalink(post.slug, at),
    title: `${author.name} on “${post.title}”`,
    author: { name: author.name, url: author.url },
    html,
    published: created,
    updated: edited?.at ?? created,
  }));
  return {
    site,
    stamp: '',
    title: `The conversation on “${post.title}”`,
    path: `/${post.slug}/`,
    self: `/api/posts/${post.slug}/feed`,
    updated: latest([post.date ?? post.created, ...entries.map(({ updated }) => updated)]),
    entries,
  };
}

const latest = (times: string[]) => times.reduce((a, b) => (a > b ? a : b));
