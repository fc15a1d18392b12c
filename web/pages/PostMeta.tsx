import type { ComponentChildren } from 'preact';
import { Dated } from './Dated.tsx';
import { yearsAgo } from './dates.ts';
import { authorPath, categoryPath } from './links.ts';
import type { PostHead } from './views.ts';

/** The line below a title: who, when, how long ago, in what. */
export function PostMeta({ post, children }: { post: Omit<PostHead, 'excerpt'>; children?: ComponentChildren }) {
  const ago = yearsAgo(post.years);
  return (
    <p class="by">
      <span>
        by{' '}
        <a class="p-author h-card" href={authorPath(post.author.slug)}>
          {post.author.name}
        </a>
      </span>
      {DOT}
      <span>
        <Dated iso={post.date} property="dt-published" />
        {ago && `, ${ago}`}
      </span>
      {post.category && DOT}
      {post.category && (
        <span>
          in{' '}
          <a class="p-category" href={categoryPath(post.category.slug)}>
            {post.category.name}
          </a>
        </span>
      )}
      {children && DOT}
      {children}
    </p>
  );
}

/** Stays on the line of what it follows. */
const DOT = '\u00a0· ';
