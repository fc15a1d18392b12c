import type { CommentView, ThreadView } from '../../web/pages/views.ts';
import { WRITER } from '../domain/editing.ts';
import { type Branch, nest, permalink, segmentUrl } from '../domain/thread.ts';
import type { CommentItem } from '../table/comment-items.ts';
import type { Segment } from '../table/segments.ts';

/** The threads of one segment as a page shows them, in the order of their seats. */
export function threadsOf(slug: string, { ctl, comments }: Segment): ThreadView[] {
  const byRef = new Map(comments.map((comment) => [comment.at, comment]));
  const continues = (comment: CommentItem) => {
    const overflow = comment.to === null ? ctl?.thr[comment.at.split('-')[1] ?? ''] : undefined;
    return overflow ? segmentUrl(slug, overflow.first) : null;
  };
  const view = ({ comment, replies, answers }: Branch<CommentItem & { ref: string }>): ThreadView[] => {
    const below = replies.flatMap(view);
    const goesOn = continues(comment);
    const shown = comment.status === 'approved';
    if (!shown && below.length === 0 && !goesOn) return [];
    const parent = answers === null ? undefined : byRef.get(answers);
    return [
      {
        comment: {
          ...(shown ? spoken(slug, comment) : tombstone(slug, comment)),
          answers: answers === null ? null : { url: permalink(slug, answers), name: nameOf(parent) },
          continues: goesOn,
        },
        replies: below,
      },
    ];
  };
  return nest(comments.map((comment) => ({ ...comment, ref: comment.at }))).flatMap(view);
}

/** Comments that readers may read, in the order that was chosen for them. */
export const pinnedOf = (slug: string, pins: readonly (CommentItem | null)[]): CommentView[] =>
  pins.flatMap((comment) =>
    comment?.status === 'approved' ? [{ ...spoken(slug, comment), answers: null, continues: null }] : [],
  );

const nameOf = (parent: CommentItem | undefined) => (parent?.status === 'approved' ? parent.author.name : null);

type Standing = Omit<CommentView, 'answers' | 'continues'>;

const spoken = (slug: string, { at, author, html, created, edited }: CommentItem): Standing => ({
  ref: at,
  url: permalink(slug, at),
  author,
  at: created,
  html,
  edited: edited ? (edited.by === WRITER ? 'writer' : 'moderator') : null,
  long: false,
});

const tombstone = (slug: string, { at, created }: CommentItem): Standing => ({
  ref: at,
  url: permalink(slug, at),
  author: { name: '', url: null, host: false, hue: 0 },
  at: created,
  html: null,
  edited: null,
  long: false,
});
