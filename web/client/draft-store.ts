export type Draft = Readonly<Record<string, string>>;

export interface DraftStore {
  read(): Draft | null;
  write(draft: Draft | null): void;
}

/** What was typed into a form in this browser. Storage may be full or forbidden; then nothing is kept. */
export function draftStore(form: HTMLFormElement): DraftStore {
  const key = `stoa:${form.getAttribute('action')}`;
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? 'null');
      } catch {
        return null;
      }
    },
    write(draft) {
      try {
        if (draft === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(draft));
      } catch {}
    },
  };
}
