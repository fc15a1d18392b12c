import { tagsHint } from '../../functions/domain/allowed-tags.ts';
import type { WordsView } from './views.ts';

/** Other words for a comment that is there. */
export function WordsForm({ words: { action, body, error } }: { words: WordsView }) {
  return (
    <form method="post" action={action}>
      <label for="f-body">Your words</label>
      <textarea
        id="f-body"
        name="body"
        required
        aria-describedby={error ? 'e-body h-body' : 'h-body'}
        aria-invalid={error ? 'true' : undefined}
      >
        {body.startsWith('\n') ? `\n${body}` : body}
      </textarea>
      {error && (
        <p class="err" id="e-body">
          {error}
        </p>
      )}
      <p class="hint" id="h-body">
        You may use{' '}
        {tagsHint.map((tag) => (
          <>
            <code>{tag}</code>{' '}
          </>
        ))}
      </p>
      <button type="submit">Change the words</button>
    </form>
  );
}
