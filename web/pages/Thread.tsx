import { Comment, type Conversation } from './Comment.tsx';
import type { ThreadView } from './views.ts';

interface ThreadProps {
  threads: readonly ThreadView[];
  on: Conversation;
  /** Classes of the outermost list. */
  class?: string;
}

/** Comments beside each other, each with its replies below it. */
export function Thread({ threads, on, class: name }: ThreadProps) {
  return (
    <ol class={name}>
      {threads.map(({ comment, replies }) => (
        <Comment key={comment.ref} comment={comment} on={on}>
          {replies.length > 0 && <Thread threads={replies} on={on} />}
        </Comment>
      ))}
    </ol>
  );
}
