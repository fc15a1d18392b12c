import { renderMoved } from '../../web/pages/render.ts';
import { segmentUrl } from '../domain/thread.ts';
import type { PostItem } from '../table/posts.ts';
import { type Page, postKey, type Rendered, segmentPageKey } from './page.ts';
import { stamp } from './stamp.ts';

/** What lies where a page of a post was before the post had another slug: the edge reads the metadata and answers 301. */
export function movedPage({ slug, tv }: PostItem, page: Page, from: string): Rendered {
  const segment = page.kind === 'segment' ? page.segment : null;
  const to = segment === null ? `/${slug}/` : segmentUrl(slug, segment);
  return {
    key: segment === null ? postKey(from) : segmentPageKey(from, segment),
    html: renderMoved({ stamp: stamp('moved', tv), to }),
    metadata: { location: to },
  };
}
