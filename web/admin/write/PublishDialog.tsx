import { useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { fromLocalInput, moment, toLocalInput } from '../shared/dates.ts';
import { Field } from '../shared/Field.tsx';
import type { Article } from './article.ts';

const HOUR_MS = 3_600_000;

/** Now, or at a time to come. What is not saved is saved with it. */
export function PublishDialog({ article, onClose }: { article: Article; onClose: () => void }) {
  const scheduled = article.post.value?.status === 'scheduled' ? article.post.value.date : null;
  const later = useSignal(scheduled !== null);
  const date = useSignal(toLocalInput(scheduled ? new Date(scheduled) : new Date(Date.now() + HOUR_MS)));
  const error = useSignal('');

  const publish = async () => {
    const when = later.value ? fromLocalInput(date.value) : null;
    if (later.value && (!when || when <= new Date().toISOString())) {
      error.value = 'Choose a time to come.';
      return;
    }
    onClose();
    if (!(await article.publish(when))) return;
    announce(when ? `Scheduled for ${moment(when)}.` : 'Published. Readers see it within seconds.');
  };

  return (
    <Dialog title={article.words.value.title || 'Publish'} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void publish();
        }}
      >
        <fieldset>
          <legend class="unseen">When</legend>
          <label class="check">
            <input type="radio" name="when" checked={!later.value} onChange={() => (later.value = false)} /> Publish now
          </label>
          <label class="check">
            <input type="radio" name="when" checked={later.value} onChange={() => (later.value = true)} /> At a time to
            come
          </label>
        </fieldset>
        {later.value && (
          <Field
            label="Date and time"
            hint="In your own time zone. Published within a minute of it."
            error={error.value}
          >
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                value={date.value}
                onInput={({ currentTarget }) => (date.value = currentTarget.value)}
              />
            )}
          </Field>
        )}
        <p class="actions">
          <button type="submit" class="main">
            {later.value ? 'Schedule' : 'Publish now'}
          </button>
          <button type="button" onClick={onClose}>
            Not yet
          </button>
        </p>
      </form>
    </Dialog>
  );
}
