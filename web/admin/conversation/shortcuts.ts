import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const OFF = 'stoa:shortcuts-off';

/** Single keys can get in the way of speech input and of others: whoever wants none switches them off (WCAG 2.1.4). */
export const areOn = signal(localStorage.getItem(OFF) === null);

export function switchShortcuts(on: boolean): void {
  areOn.value = on;
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
}

const TYPING = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])';

/** Single keys, while nobody types and no dialog is open. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (!areOn.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(TYPING)) return;
      if (document.querySelector('dialog[open]')) return;
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}
