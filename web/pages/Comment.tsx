import type { ComponentChildren } from 'preact';
import { Dated } from './Dated.tsx';
import { Face } from './Face.tsx';
import { Html } from './Html.tsx';
import { outward, replyPath, reportPath } from './links.ts';
import type { CommentView } from './views.ts';

export interface Conversation {
  slug: string;
  closed: boolean;
}

interface CommentProps {
  comment: CommentView;
  on: Conversation;
  /** What was answered to it. */
  children: ComponentChildren;
}

/** One comment. Lean, since a page holds dozens. */
export function Comment({ comment, on, children }: CommentProps) {
  const removed = comment.html === null && !comment.long;
  return (
    <li id={`comment-${comment.ref}`} class={removed ? 'gone' : 'u-comment h-cite'}>
      {removed ? <p>This comment was removed.</p> : <Said comment={comment} on={on} />}
      {children}
      {comment.continues && (
        <p class="on">
          <a href={comment.continues}>The replies go on →</a>
        </p>
      )}
    </li>
  );
}

function Said({ comment, on }: { comment: CommentView; on: Conversation }) {
  return (
    <>
      <Byline author={comment.author} at={comment.at} url={comment.url} edited={comment.edited} />
      {comment.answers && (
        <p class="to">
          in reply to{' '}
          <a class="u-in-reply-to" href={comment.answers.url}>
            {comment.answers.name ?? 'an earlier comment'}
          </a>
        </p>
      )}
      {comment.html === null ? (
        <p>
          <a href={comment.url}>This is a long one: read it in its place →</a>
        </p>
      ) : (
        <Html class="e-content" html={comment.html} />
      )}
      {!on.closed && (
        <a class="re" rel="nofollow" href={replyPath(on.slug, comment.ref)}>
          Reply
        </a>
      )}
      <a class="re rp" rel="nofollow" href={reportPath(on.slug, comment.ref)}>
        Thank or report
      </a>
    </>
  );
}

/** Who said it and when; without a place of its own yet, the day is no link. */
export function Byline({ author, at, url, edited = null, pinned = false }: BylineProps) {
  const day = <Dated iso={at} property="dt-published" />;
  return (
    <header>
      <Face name={author.name} {...(author.host ? {} : { hue: author.hue })} />
      <Person name={author.name} url={outward(author.url)} />
      {author.host && <small>author</small>}{' '}
      {url === null ? (
        day
      ) : (
        <a class="u-url" href={url}>
          {day}
        </a>
      )}
      {pinned && <small>pinned</small>}
      {edited && <small>{edited === 'writer' ? 'edited' : 'edited by a moderator'}</small>}
    </header>
  );
}

interface BylineProps {
  author: CommentView['author'];
  at: string;
  url: string | null;
  edited?: CommentView['edited'];
  pinned?: boolean;
}

function Person({ name, url }: { name: string; url: string | null }) {
  if (url === null) return <b class="p-author h-card">{name}</b>;
  return (
    <a class="p-author h-card" rel="nofollow ugc" href={url}>
      {name}
    </a>
  );
}
