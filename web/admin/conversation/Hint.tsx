import { areOn } from './shortcuts.ts';

/** The single key that does the same; `aria-keyshortcuts` says it to who cannot see it. */
export function Hint({ of: key }: { of: string }) {
  if (!areOn.value) return null;
  return <span class="key" data-key={key} />;
}
