import { element } from './element.ts';

const FIELDS = ['name', 'email', 'url', 'body'];

/** Keeps what is typed in this browser until it is posted, and says so. Gives the way to forget it. */
export function keepDraft(form: HTMLFormElement, resume: (parent: string) => void): () => void {
  const key = `stoa:${form.getAttribute('action')}`;
  const note = element('p', { class: 'hint' }, 'What you type is kept in this browser until you post it.');
  const save = () => {
    const { body, ...rest } = Object.fromEntries(new FormData(form));
    store(key, body ? JSON.stringify({ body, ...rest }) : null);
  };
  const forget = () => {
    const body = field(form, 'body');
    if (body) body.value = '';
    store(key, null);
  };

  form.append(note);
  form.addEventListener('input', save);
  const draft = recall(key);
  if (draft && !field(form, 'body')?.value) {
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

/** Storage may be full or forbidden; then a draft is not kept. */
function store(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {}
}

function recall(key: string): Record<string, string> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
