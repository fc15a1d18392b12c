import { useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { Problem, sayProblem } from '../problem.ts';

export interface Edit<T> {
  words: T;
  isDirty: boolean;
  /** What is wrong with which field, as the API names it. */
  fields: Readonly<Record<string, string>>;
  problem: unknown;
  /** Somebody else saved other words, which are known. */
  isConflict: boolean;
  isBusy: boolean;
  change: (patch: Partial<T>) => void;
  save: () => Promise<void>;
  /** What was changed here, over what is there now; to be looked at, and saved again. */
  putOnTop: () => void;
  /** What is there now, instead of what was typed. */
  takeTheirs: () => void;
}

/**
 * One form: what was read, what was typed over it, and how saving went. What is typed waits in this tab, so that
 * signing in again does not lose it. `read` makes words of what the API shows.
 */
export function useEdit<T extends { ver: number }>(
  name: string,
  first: T,
  send: (words: T) => Promise<unknown>,
  read: (shown: unknown) => T = (shown) => picked(shown as T, first),
): Edit<T> {
  const key = `stoa:edit:${name}`;
  const [{ base, words }, set] = useState<Typed<T>>(() => waiting<T>(key) ?? { base: first, words: first });
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const put = (next: Typed<T>) => {
    set(next);
    if (isSame(next.base, next.words)) sessionStorage.removeItem(key);
    else wait(key, next);
  };
  const theirs = problem instanceof Problem && problem.current !== undefined ? read(problem.current) : null;
  const settle = (next: Typed<T>, said: string) => {
    put(next);
    setProblem(null);
    announce(said);
  };

  return {
    words,
    isDirty: !isSame(words, base),
    fields: problem instanceof Problem ? problem.fields : {},
    problem,
    isConflict: theirs !== null,
    isBusy,
    change: (patch) => put({ base, words: { ...words, ...patch } }),
    save: async () => {
      if (isBusy) return;
      setBusy(true);
      try {
        const saved = read(await send(words));
        settle({ base: saved, words: saved }, 'Saved.');
      } catch (error) {
        setProblem(error);
      } finally {
        setBusy(false);
      }
    },
    putOnTop: () =>
      theirs && settle({ base: theirs, words: onTop(base, words, theirs) }, 'Yours is over theirs. Look it over.'),
    takeTheirs: () => theirs && settle({ base: theirs, words: theirs }, 'What is there now is shown.'),
  };
}

interface Typed<T> {
  base: T;
  words: T;
}

/** What there is to say when saving failed, and the way on. */
export function Failed<T>({ edit }: { edit: Edit<T> }) {
  return (
    <div role="alert">
      {edit.problem !== null && (
        <div class="trouble">
          <p>{sayProblem(edit.problem)} What you typed is still here.</p>
          {edit.isConflict && (
            <p class="actions">
              <button type="button" class="main" onClick={edit.putOnTop}>
                Put mine over theirs
              </button>
              <button type="button" onClick={edit.takeTheirs}>
                Take theirs
              </button>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/** The button, and what there is to say after it. */
export function Outcome<T>({ edit }: { edit: Edit<T> }) {
  return (
    <>
      <Failed edit={edit} />
      <p class="actions">
        <button type="submit" class="main" aria-disabled={!edit.isDirty || edit.isBusy}>
          Save
        </button>
        <span class="soft">{edit.isBusy ? 'Saving …' : edit.isDirty ? 'Not saved yet.' : ''}</span>
      </p>
    </>
  );
}

/** For a form whose one button saves it. */
export const onSubmit =
  <T,>(edit: Edit<T>) =>
  (event: Event): void => {
    event.preventDefault();
    void edit.save();
  };

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Field by field: what was changed from `base` stays, the rest is theirs. */
function onTop<T extends object>(base: T, mine: T, theirs: T): T {
  const changed = Object.entries(mine).filter(
    ([name, value]) => name !== 'ver' && !isSame(value, base[name as keyof T]),
  );
  return { ...theirs, ...Object.fromEntries(changed) };
}

function picked<T extends object>(shown: T, like: T): T {
  return Object.fromEntries(Object.keys(like).map((name) => [name, shown[name as keyof T]])) as T;
}

function waiting<T>(key: string): Typed<T> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Without room it is on the screen alone. */
function wait(key: string, typed: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(typed));
  } catch {
    sessionStorage.removeItem(key);
  }
}
