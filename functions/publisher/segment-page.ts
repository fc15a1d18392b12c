import { renderSegment } from '../../web/pages/render.ts';
import type { Site } from '../domain/settings.ts';
import { isOverflow, mainSegment, permalink, segmentNumber, segmentUrl } from '../domain/thread.ts';
import { isGone, type PostItem } from '../table/posts.ts';
import type { Head, Segment } from '../table/segments.ts';
import { threadsOf } from './conversation.ts';
import { type Rendered, segmentPageKey } from './page.ts';
import { gone, page } from './post-page.ts';
import { stamp } from './stamp.ts';
import { type PostState, registerOf } from './state.ts';

/** The page of one segment of a conversation; null where nobody sits and the thread has not moved on. */
export async function segmentPage(state: PostState, segment: string, site: Site): Promise<Rendered | null> {
  const post = await state.post();
  if (!post || (post.status !== 'published' && !isGone(post))) return null;
  const [head, { ctl, comments }] = await Promise.all([state.head(), state.segment(segment)]);
  if (comments.length === 0 && !passed(segment, head)) return null;
  const key = segmentPageKey(post.slug, segment);
  if (isGone(post)) return gone(key, site, stamp('segment', post.tv, site.ver ?? 0));

  const { title, slug, closed } = post;
  const { prev, next } = isOverflow(segment) ? ctlNeighbours(post, ctl) : mainNeighbours(post, head, segment);
  return page(
    key,
    renderSegment({
      site,
      stamp: stamp('segment', site.ver ?? 0, post.tv, ctl?.ver ?? 0, registerOf(comments)[0], prev, next),
      path: segmentUrl(slug, segment),
      post: { title, slug, closed },
      threads: threadsOf(slug, { ctl, comments }),
      prev,
      next,
      root: ctl?.root ? permalink(slug, ctl.root) : null,
    }),
  );
}

/** A main segment that HEAD has reached after the first has a page, even when a crash left its seats empty. */
const passed = (segment: string, head: Head) =>
  !isOverflow(segment) && head.seg > 1 && segmentNumber(segment) <= head.seg;

function mainNeighbours({ slug }: PostItem, head: Head, segment: string) {
  const s = segmentNumber(segment);
  return {
    prev: s > 1 ? segmentUrl(slug, mainSegment(s - 1)) : null,
    next: s < head.seg ? segmentUrl(slug, mainSegment(s + 1)) : null,
  };
}

const ctlNeighbours = ({ slug }: PostItem, ctl: Segment['ctl']) => ({
  prev: ctl?.prev ? segmentUrl(slug, ctl.prev) : null,
  next: ctl?.next ? segmentUrl(slug, ctl.next) : null,
});
