import type { Words } from './post.ts';

/** Words that are not saved yet, and the version that they began from: `ver` 0 before there is one. */
export interface Draft {
  words: Words;
  base: { ver: number; words: Words };
  /** When it was kept, ISO 8601. */
  at: string;
}

const PREFIX = 'stoa:draft:';

/** For an article that was never saved. */
export const newDraftId = (): string => `new-${crypto.randomUUID().slice(0, 8)}`;

export const isNew = (id: string): boolean => id.startsWith('new-');

export function readDraft(id: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null');
  } catch {
    return null;
  }
}

/** At once, so that a tab that closes has kept it. False when this browser has no room left. */
export function keepDraft(id: string, draft: Draft): boolean {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export const dropDraft = (id: string): void => localStorage.removeItem(PREFIX + id);

/** Newest first. */
export function listDrafts(): { id: string; draft: Draft }[] {
  const ids = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  return ids
    .map((key) => key.slice(PREFIX.length))
    .flatMap((id) => {
      const draft = readDraft(id);
      return draft ? [{ id, draft }] : [];
    })
    .toSorted((a, b) => b.draft.at.localeCompare(a.draft.at));
}

/** Calls back when another tab of this browser keeps a draft of the same article. Returns what ends it. */
export function onOtherTab(id: string, run: () => void): () => void {
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key === PREFIX + id && newValue !== null) run();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}
