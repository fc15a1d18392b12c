import { field } from './draft.ts';
import { element } from './element.ts';

/** Puts each message beside its field, as the server's own page does, and goes to the first. */
export function showRefusals(form: HTMLFormElement, messages: Readonly<Record<string, string>>): void {
  clearRefusals(form);
  for (const [name, message] of Object.entries(messages)) {
    const input = field(form, name);
    if (!input) continue;
    input.after(element('p', { class: 'err', id: `e-${name}` }, message));
    input.setAttribute('aria-invalid', 'true');
    describe(input, `e-${name} ${hints(input)}`);
  }
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
}

export function clearRefusals(form: HTMLFormElement): void {
  for (const message of form.querySelectorAll('.err')) message.remove();
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    describe(input, hints(input));
  }
}

const hints = (input: Element) => (input.getAttribute('aria-describedby') ?? '').replace(/e-\w+ ?/, '');

function describe(input: Element, ids: string): void {
  if (ids.trim()) input.setAttribute('aria-describedby', ids.trim());
  else input.removeAttribute('aria-describedby');
}
