import type { DraftStore } from './draft-store.ts';
import { element } from './element.ts';

const FIELDS = ['name', 'email', 'url', 'body'];

/** Keeps what is typed in this browser until it is posted, and says so. Gives the way to forget it. */
export function keepDraft(form: HTMLFormElement, drafts: DraftStore, resume: (parent: string) => void): () => void {
  const note = element('p', { class: 'hint' }, 'What you type is kept in this browser until you post it.');
  const save = () => {
    const { body, ...rest } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    drafts.write(body ? { body, ...rest } : null);
  };
  const forget = () => {
    const body = field(form, 'body');
    if (body) body.value = '';
    drafts.write(null);
  };

  form.append(note);
  form.addEventListener('input', save);
  const draft = drafts.read();
  if (field(form, 'body')?.value) save();
  else if (draft) {
    for (const name of FIELDS) {
      const input = field(form, name);
      if (input) input.value = draft[name] ?? '';
    }
    if (draft.parent) resume(draft.parent);
    const afresh = element('button', { type: 'button' }, 'Start afresh');
    afresh.addEventListener('click', () => {
      forget();
      afresh.remove();
      field(form, 'body')?.focus();
    });
    note.append(' Your unfinished words are back. ', afresh);
  }
  return forget;
}

export function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | null {
  return form.querySelector(`[name="${name}"]`);
}
