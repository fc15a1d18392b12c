import { cspQuietStyle, cspStyle } from '../../web/generated/assets.ts';
import { renderNotFound, renderPost } from '../../web/pages/render.ts';
import type { CommentView, PostHead, ThreadView } from '../../web/pages/views.ts';
import { yearsSince } from '../domain/post.ts';
import type { Site } from '../domain/settings.ts';
import { mainSegment, segmentUrl } from '../domain/thread.ts';
import { isGone, type PostItem } from '../table/posts.ts';
import type { Segment } from '../table/segments.ts';
import { pinnedOf, threadsOf } from './conversation.ts';
import { postKey, type Rendered } from './page.ts';
import { stamp } from './stamp.ts';
import { type PostState, registerOf } from './state.ts';

/** The one before stands on the post page too, while the open segment has fewer comments than this. */
const FEW = 12;
/** Of raw comment HTML on a post page. */
const ROOM_BYTES = 20_480;
/** A comment longer than this is a link to its own place. */
const LONG_BYTES = 4_096;

/** The page of a post; null while it was never published, a page that says so once it is gone. */
export async function postPage(state: PostState, site: Site, now: Date): Promise<Rendered | null> {
  const post = await state.post();
  if (!post) return null;
  if (isGone(post)) return gone(postKey(post.slug), site, stamp('post', post.ver, site.ver ?? 0));
  if (post.status !== 'published') return null;

  const [head, made, author, pins] = await Promise.all([
    state.head(),
    state.html(),
    state.author(post.author.slug),
    Promise.all(post.pins.map((ref) => state.seat(ref))),
  ]);
  const open = await state.segment(mainSegment(head.seg));
  const few = open.comments.length < FEW && head.seg > 1;
  const segments = few ? [open, await state.segment(mainSegment(head.seg - 1))] : [open];
  const [versions, total] = await state.total();
  const { years } = headOf(post, now);
  const { threads, skipped } = fill(segments.map((segment) => threadsOf(post.slug, segment)));
  const oldest = head.seg - segments.length + 1;
  const before = skipped === null ? oldest - 1 : head.seg - skipped;

  const { author: _, ...summary } = headOf(post, now);
  return page(
    postKey(post.slug),
    renderPost({
      site,
      stamp: stamp(
        'post',
        site.ver ?? 0,
        post.ver,
        made.ver,
        head.seg,
        author?.ver ?? 0,
        versions,
        total,
        years,
        ...segments.flatMap(versionsOf),
        ...pins.map((comment) => comment?.ver ?? 0),
      ),
      kind: post.kind,
      post: {
        ...summary,
        author: author ?? { ...post.author, bio: '', links: [] },
        html: made.html,
      },
      total,
      pins: pinnedOf(post.slug, pins).map(shortened),
      threads,
      earlier: before > 0 ? segmentUrl(post.slug, mainSegment(before)) : null,
    }),
    threads.length === 0 ? cspQuietStyle : cspStyle,
  );
}

const versionsOf = ({ ctl, comments }: Segment) => [ctl?.ver ?? 0, registerOf(comments)[0]];

export function headOf(post: PostItem, now: Date): PostHead {
  const { kind, title, slug, updated, author, category, tags, excerpt, closed, created } = post;
  const date = post.date ?? created;
  const years = kind === 'page' ? 0 : yearsSince(date, now);
  return { title, slug, date, updated, author, category, tags, excerpt, closed, years };
}

export const page = (key: string, html: string, style = cspStyle): Rendered => ({
  key,
  html,
  metadata: { 'csp-style': style },
});

/** A page in place of one that was there, never its absence: an absence comes back, and If-None-Match with it. */
export function gone(key: string, site: Site, state: string): Rendered {
  const { html, metadata } = page(key, renderNotFound({ site, stamp: state }));
  return { key, html, metadata: { ...metadata, status: '404' } };
}

/** Whole threads, newest first, while there is room; `skipped` says in which of the segments one did not fit. */
function fill(segments: ThreadView[][]): { threads: ThreadView[]; skipped: number | null } {
  let room = ROOM_BYTES;
  let skipped: number | null = null;
  const threads: ThreadView[] = [];
  segments.forEach((roots, i) => {
    for (const thread of roots.toReversed().map(shorten)) {
      const bytes = weight(thread);
      if (bytes <= room) {
        threads.push(thread);
        room -= bytes;
      } else skipped ??= i;
    }
  });
  return { threads, skipped };
}

const weight = ({ comment, replies }: ThreadView): number =>
  Buffer.byteLength(comment.html ?? '') + replies.reduce((sum, reply) => sum + weight(reply), 0);

const shorten = ({ comment, replies }: ThreadView): ThreadView => ({
  comment: shortened(comment),
  replies: replies.map(shorten),
});

function shortened(comment: CommentView): CommentView {
  const long = Buffer.byteLength(comment.html ?? '') > LONG_BYTES;
  return long ? { ...comment, html: null, long } : comment;
}
