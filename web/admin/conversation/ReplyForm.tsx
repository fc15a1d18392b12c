import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { Problem, sayProblem } from '../problem.ts';
import type { Answered, Held, HeldInFull, Moved } from './held.ts';
import { FULL, useKept } from './kept.ts';

interface ReplyFormProps {
  comment: Held;
  onDone: (answered: Answered) => void;
  /** It was approved on the way. */
  onApproved?: (comment: HeldInFull) => void;
  onClose: () => void;
}

export const replyKey = (id: string) => `reply:${id}`;

/** An author's answer in place. A comment that waits is approved first, since nothing can answer what is not there. */
export function ReplyForm({ comment, onDone, onApproved, onClose }: ReplyFormProps) {
  const { words, set, forget, isFull } = useKept(replyKey(comment.id));
  const [trouble, setTrouble] = useState('');
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useLayoutEffect(() => field.current?.focus(), []);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (isSending) return;
    if (words.trim() === '') return fail('There is nothing to say yet.');
    setSending(true);
    setTrouble('');
    try {
      const there = comment.ref && comment.status === 'approved' ? comment : await approve(comment);
      if (there !== comment) onApproved?.(there as HeldInFull);
      const answered = await api.post<Answered>(`/posts/${comment.post.id}/comments`, {
        parent: there.ref,
        body: words,
      });
      forget();
      onDone(answered);
    } catch (error) {
      fail(sayProblem(error));
    } finally {
      setSending(false);
    }
  }

  function fail(reason: string): void {
    setTrouble(reason);
    field.current?.focus();
  }

  const name = comment.status === 'approved' ? 'Answer' : 'Approve and answer';
  return (
    <form class="answer" onSubmit={(event) => void send(event)}>
      <label for={id}>Your answer to {comment.author.name}</label>
      <textarea
        ref={field}
        id={id}
        value={words}
        onInput={({ currentTarget }) => set(currentTarget.value)}
        aria-invalid={trouble !== ''}
        aria-describedby={`${id}-hint`}
      />
      <div id={`${id}-hint`}>
        {trouble && <p class="err">{trouble}</p>}
        {isFull && <p class="err">{FULL}</p>}
        <p class="hint">It is published at once, under your name. The same tags as everybody’s.</p>
      </div>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={isSending}>
          {isSending ? 'Sending…' : name}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          Cancel
        </button>
      </p>
    </form>
  );
}

/** Throws a Problem that says why it could not be. */
async function approve({ id, status, ver }: Held): Promise<HeldInFull> {
  const { refused } = await api.post<Moved>('/comments/moves', { comments: [{ id, status, ver }], to: 'approved' });
  const now = await api.get<HeldInFull>(`/comments/${id}`);
  if (now.status !== 'approved')
    throw new Problem({ status: 409, detail: refused[0]?.detail ?? 'It could not be approved.' });
  return now;
}
