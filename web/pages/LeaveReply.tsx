import type { Site } from '../../functions/domain/settings.ts';
import type { Conversation } from './Comment.tsx';
import { CommentForm, emptyForm } from './CommentForm.tsx';

/** The end of a conversation: a form, or where it was closed, a kind word. */
export function LeaveReply({ on, site }: { on: Conversation; site: Site }) {
  if (on.closed) {
    return <p class="note">This conversation has come to its close. Thank you to everyone who took part.</p>;
  }
  return (
    <section id="reply">
      <h2>Leave a reply</h2>
      <CommentForm form={emptyForm(on.slug)} site={site} />
    </section>
  );
}
