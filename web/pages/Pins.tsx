import { Byline } from './Comment.tsx';
import { Html } from './Html.tsx';
import type { CommentView } from './views.ts';

/** What a moderator put at the top: a copy, whose place and replies are elsewhere. */
export function Pins({ pins }: { pins: readonly CommentView[] }) {
  return pins.map(({ ref, author, at, url, html, edited }) => (
    <div key={ref} class="preview h-cite">
      <Byline author={author} at={at} url={url} edited={edited} pinned />
      {html !== null && <Html class="e-content" html={html} />}
    </div>
  ));
}
