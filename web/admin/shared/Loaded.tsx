import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayProblem } from '../problem.ts';

export interface LoadedProps<T> {
  /** Read again whenever `of` changes. */
  load: (signal: AbortSignal) => Promise<T>;
  of?: string;
  children: (value: T, reload: () => void) => ComponentChildren;
}

/** What is read from the API: a quiet wait, a failure with a way on, or the thing itself. */
export function Loaded<T>({ load, of = '', children }: LoadedProps<T>) {
  const [state, setState] = useState<{ of: string; value: T } | { of: string; error: unknown } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const aborter = new AbortController();
    load(aborter.signal).then(
      (value) => !aborter.signal.aborted && setState({ of, value }),
      (error: unknown) => !aborter.signal.aborted && setState({ of, error }),
    );
    return () => aborter.abort();
  }, [of, round]);
  const again = () => setRound(round + 1);
  if (!state || state.of !== of) return <p class="soft wait">Reading …</p>;
  if ('value' in state) return <>{children(state.value, again)}</>;
  return (
    <div role="alert">
      <p>{sayProblem(state.error)}</p>
      <p>
        <button type="button" onClick={again}>
          Try again
        </button>
      </p>
    </div>
  );
}
