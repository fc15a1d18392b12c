import { signal } from '@preact/signals';

/** What the live region says. */
export const announced = signal('');

/** Tells who cannot see it what happened: “Saved.” The same words again are said again. */
export function announce(words: string): void {
  announced.value = announced.value === words ? `${words}\u00A0` : words;
}
