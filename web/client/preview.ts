import { element } from './element.ts';
import { removedNote } from './outcome.ts';
import { ask } from './send.ts';
import { fill } from './trusted.ts';

interface Preview {
  html: string;
  removed: readonly string[];
}

/** A button that shows, below the form's own, how the text will appear and what will be taken away. */
export function addPreview(form: HTMLFormElement, text: HTMLTextAreaElement, status: HTMLElement): void {
  const button = element('button', { type: 'button' }, 'Preview');
  const shown = element('div', { class: 'note' });
  const path = (form.getAttribute('action') ?? '').replace(/comments$/, 'preview');
  form.querySelector('[type=submit]')?.after(button);

  text.addEventListener('input', () => shown.remove());
  button.addEventListener('click', async () => {
    if (!text.value.trim()) return text.focus();
    const answer = await ask<Preview>(path, { body: text.value });
    if (!('taken' in answer)) {
      const detail = 'refused' in answer && answer.refused.detail;
      status.textContent = detail || 'There is no preview just now. Your words are still here.';
      return;
    }
    status.textContent = 'This is how it will appear:';
    const { html, removed } = answer.taken;
    const content = element('div', { class: 'e-content', dir: 'auto' });
    fill(content, html);
    shown.replaceChildren(content, ...removedNote(removed));
    form.after(shown);
  });
}
