import { useEffect, useRef, useState } from 'preact/hooks';
import type { Rules } from '../../../functions/domain/rules.ts';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { Problem } from '../problem.ts';
import type { TrialPage } from './words.ts';

export type Differing = TrialPage['differs'][number];

export interface Tried {
  /** The rules that were tried, as they were sent. */
  of: string;
  looked: number;
  differs: readonly Differing[];
  /** Where the 90 days go on; null: all of them were looked at. */
  next: string | null;
}

export interface TrialState {
  /** Of the rules as they stand in the form now; null: those were not tried. */
  tried: Tried | null;
  /** Other rules were, before the form was changed again. */
  isStale: boolean;
  isBusy: boolean;
  problem: unknown;
  fields: Readonly<Record<string, string>>;
  /** False: it failed. */
  run: () => Promise<boolean>;
  goOn: () => Promise<boolean>;
}

/** A hundred comments are looked at in each; then it asks before it goes on. */
const PAGES = 20;

/** Other rules, tried on what was written in the last 90 days, a page after the other. */
export function useTrial(rules: Rules): TrialState {
  const of = JSON.stringify(rules);
  const [result, setResult] = useState<Tried | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );

  async function walk(from: Tried): Promise<boolean> {
    if (isBusy) return true;
    setBusy(true);
    setProblem(null);
    try {
      let so = from;
      for (let page = 0; page < PAGES && !gone.current; page++) {
        so = after(so, await api.post<TrialPage>('/rules/trial', { rules, ...(so.next ? { cursor: so.next } : {}) }));
        if (so.next === null) break;
      }
      setResult(so);
      announce(inWords(so));
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  }

  const tried = result?.of === of ? result : null;
  return {
    tried,
    isStale: result !== null && !tried,
    isBusy,
    problem,
    fields: problem instanceof Problem ? problem.fields : {},
    run: () => walk({ of, looked: 0, differs: [], next: null }),
    goOn: () => (tried ? walk(tried) : Promise.resolve(true)),
  };
}

const after = (so: Tried, { looked, differs, next }: TrialPage): Tried => ({
  ...so,
  looked: so.looked + looked,
  differs: [...so.differs, ...differs],
  next,
});

/** How far it looked, and how many would have fared otherwise. */
export function inWords({ looked, differs, next }: Tried): string {
  const all = looked === 1 ? '1 comment' : `${looked} comments`;
  const whole = next === null ? `${all} of the last 90 days` : `newest ${all}`;
  if (looked === 0) return 'Nobody wrote anything in the last 90 days that this could be tried on.';
  if (differs.length === 0) return `Of the ${whole}, none would have fared otherwise.`;
  return `Of the ${whole}, ${differs.length} would have fared otherwise.`;
}
