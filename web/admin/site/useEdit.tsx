import { useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { Problem, sayProblem } from '../problem.ts';

export interface Edit<T> {
  words: T;
  isDirty: boolean;
  fields: Readonly<Record<string, string>>;
  problem: string;
  isConflict: boolean;
  isBusy: boolean;
  change: (patch: Partial<T>) => void;
  submit: (event: Event) => void;
  /** What is there now, instead of what was typed. */
  reload: () => void;
}

/**
 * One form of the site: what was read, what was typed over it, and how saving went. What is typed waits in this tab,
 * so that signing in again does not lose it.
 */
export function useEdit<T extends { ver: number }>(
  name: string,
  read: T,
  save: (words: T) => Promise<T>,
  reload: () => void,
): Edit<T> {
  const key = `stoa:edit:${name}`;
  const [base, setBase] = useState(read);
  const [words, setWords] = useState<T>(() => waiting<T>(key) ?? read);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isDirty = JSON.stringify(words) !== JSON.stringify(base);

  const change = (patch: Partial<T>) => {
    const next = { ...words, ...patch };
    setWords(next);
    wait(key, next);
  };
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      const saved = picked(await save(words), words);
      sessionStorage.removeItem(key);
      setBase(saved);
      setWords(saved);
      setProblem(null);
      announce('Saved.');
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    words,
    isDirty,
    fields: problem instanceof Problem ? problem.fields : {},
    problem: problem ? sayProblem(problem) : '',
    isConflict: problem instanceof Problem && problem.code === 'site.conflict',
    isBusy,
    change,
    submit: (event) => {
      event.preventDefault();
      void submit();
    },
    reload: () => {
      sessionStorage.removeItem(key);
      reload();
    },
  };
}

/** The button, and what there is to say after it. */
export function Outcome<T>({ edit }: { edit: Edit<T> }) {
  return (
    <>
      <div role="alert">
        {edit.problem && (
          <p class="trouble">
            {edit.problem} What you typed is still here.{' '}
            {edit.isConflict && (
              <button type="button" onClick={edit.reload}>
                Show what is there now
              </button>
            )}
          </p>
        )}
      </div>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={!edit.isDirty || edit.isBusy}>
          Save
        </button>
        <span class="soft">{edit.isBusy ? 'Saving …' : edit.isDirty ? 'Not saved yet.' : ''}</span>
      </p>
    </>
  );
}

function picked<T extends object>(saved: T, like: T): T {
  return Object.fromEntries(Object.keys(like).map((name) => [name, saved[name as keyof T]])) as T;
}

function waiting<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Without room it is on the screen alone. */
function wait(key: string, words: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(words));
  } catch {
    sessionStorage.removeItem(key);
  }
}
