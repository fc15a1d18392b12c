import { useState } from 'preact/hooks';

const PREFIX = 'stoa:words:';

export const keptWords = (key: string): string | null => localStorage.getItem(PREFIX + key);

/** What is being typed, kept in this browser until it is sent: a lost session or a closed tab takes none of it. */
export function useKept(key: string, initial = '') {
  const [words, setWords] = useState(() => keptWords(key) ?? initial);
  const [isFull, setFull] = useState(false);

  function set(next: string): void {
    setWords(next);
    try {
      localStorage.setItem(PREFIX + key, next);
      setFull(false);
    } catch {
      setFull(true);
    }
  }

  function forget(next = ''): void {
    localStorage.removeItem(PREFIX + key);
    setWords(next);
  }

  return { words, set, forget, isFull };
}

export const FULL =
  'This browser’s storage is full, so these words are on the screen only: send them, or copy them, before you leave.';
