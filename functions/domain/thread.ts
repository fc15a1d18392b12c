import { RuleError } from './errors.ts';

/**
 * How a thread is cut into segments: a main segment `42` holds roots with their first replies; what does not fit
 * goes on in overflow segments `t17` of that root. Gates are tested before adding, and only ever close.
 */
export const SEGMENT = { seats: 40, roots: 16, rootBytes: 10_240, bytes: 20_480, repliesPerRoot: 12 } as const;

/** Replies nest this deep on a page; deeper ones stand flat and say what they answer. */
export const DEPTH = 5;

const REF = /^(t?[1-9]\d{0,8})-([1-9]\d{0,3})$/;

export const formatRef = (segment: string, n: number) => `${segment}-${n}`;

export const isRef = (text: string) => REF.test(text);

/** Throws RuleError 'parent.unknown' for anything that is not a public reference like `42-7` or `t17-5`. */
export function parseRef(ref: string): { segment: string; n: number } {
  const match = REF.exec(ref);
  if (!match?.[1] || !match[2]) throw new RuleError('parent.unknown');
  return { segment: match[1], n: Number(match[2]) };
}

export const mainSegment = (n: number) => String(n);
export const overflowSegment = (n: number) => `t${n}`;
export const isOverflow = (segment: string) => segment.startsWith('t');
export const segmentNumber = (segment: string) => Number(isOverflow(segment) ? segment.slice(1) : segment);

export const segmentUrl = (slug: string, segment: string) => `/${slug}/comments/${segment}/`;

/** The one address of a comment, in every link, feed and mail. */
export const permalink = (slug: string, ref: string) => `${segmentUrl(slug, parseRef(ref).segment)}#comment-${ref}`;

export interface Branch<T> {
  comment: T;
  replies: Branch<T>[];
  /** Set when the place in the tree alone does not show what this answers. */
  answers: string | null;
}

/**
 * Comments of one page as a tree, in the order given; a reply whose parent is not on the page stands at the top, and
 * what lies deeper than `depth` stands flat under the last level, both saying what they answer.
 */
export function nest<T extends { ref: string; to: string | null }>(comments: readonly T[], depth = DEPTH): Branch<T>[] {
  const roots: Branch<T>[] = [];
  const placed = new Map<string, { branch: Branch<T>; level: number; siblings: Branch<T>[] }>();
  for (const comment of comments) {
    const parent = comment.to === null ? undefined : placed.get(comment.to);
    const flat = parent !== undefined && parent.level >= depth;
    const branch: Branch<T> = { comment, replies: [], answers: comment.to && (!parent || flat) ? comment.to : null };
    const siblings = !parent ? roots : flat ? parent.siblings : parent.branch.replies;
    siblings.push(branch);
    placed.set(comment.ref, { branch, level: !parent ? 1 : flat ? parent.level : parent.level + 1, siblings });
  }
  return roots;
}
