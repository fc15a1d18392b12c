import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { Problem, sayProblem } from '../problem.ts';
import { Dialog } from '../shared/Dialog.tsx';
import type { Held, HeldInFull } from './held.ts';
import { FULL, useKept } from './kept.ts';

interface EditDialogProps {
  comment: Held;
  onDone: (comment: HeldInFull) => void;
  onClose: () => void;
}

/** Other words for a comment. What its writer sent is kept, and shown here; readers see that a moderator edited it. */
export function EditDialog({ comment, onDone, onClose }: EditDialogProps) {
  const [now, setNow] = useState<HeldInFull | null>(null);
  const [trouble, setTrouble] = useState('');
  const read = () =>
    api.get<HeldInFull>(`/comments/${comment.id}`).then(setNow, (error: unknown) => setTrouble(sayProblem(error)));
  useEffect(() => void read(), []);

  return (
    <Dialog title={`Edit what ${comment.author.name} wrote`} wide onClose={onClose}>
      {now ? (
        <Words now={now} onDone={onDone} onConflict={read} onClose={onClose} />
      ) : (
        <p class={trouble ? 'err' : 'soft'} role="status">
          {trouble || 'One moment…'}
        </p>
      )}
    </Dialog>
  );
}

interface WordsProps {
  now: HeldInFull;
  onDone: (comment: HeldInFull) => void;
  onConflict: () => Promise<void>;
  onClose: () => void;
}

function Words({ now, onDone, onConflict, onClose }: WordsProps) {
  const { words, set, forget, isFull } = useKept(`edit:${now.id}`, now.source);
  const [first] = useState(now);
  const [trouble, setTrouble] = useState('');
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useLayoutEffect(() => field.current?.focus(), []);
  const original = now.original ?? (words === now.source ? null : now.source);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    setTrouble('');
    try {
      const edited = await api.put<HeldInFull>(`/comments/${now.id}`, { body: words, ver: now.ver });
      forget();
      onDone(edited);
    } catch (error) {
      setTrouble(sayProblem(error));
      if (error instanceof Problem && error.code === 'comment.conflict') await onConflict();
    } finally {
      setSending(false);
    }
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <label for={id}>Words</label>
      <textarea
        ref={field}
        id={id}
        class="words"
        value={words}
        onInput={({ currentTarget }) => set(currentTarget.value)}
        aria-invalid={trouble !== ''}
        aria-describedby={`${id}-hint`}
      />
      <div id={`${id}-hint`}>
        {trouble && <p class="err">{trouble}</p>}
        {isFull && <p class="err">{FULL}</p>}
        <p class="hint">Readers see that a moderator edited it. What was sent is kept.</p>
      </div>
      {now.ver !== first.ver && (
        <section class="other">
          <h3>As somebody else left it meanwhile</h3>
          <pre class="source">{now.source}</pre>
          <button type="button" onClick={() => set(now.source)}>
            Take these words
          </button>
        </section>
      )}
      {original !== null && (
        <section class="other">
          <h3>As it was sent</h3>
          <pre class="source">{original}</pre>
        </section>
      )}
      <p class="actions">
        <button type="submit" class="main" aria-disabled={isSending}>
          {isSending ? 'Saving…' : 'Save'}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          Cancel
        </button>
      </p>
    </form>
  );
}
