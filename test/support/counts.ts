import type { TestContext } from 'vitest';

/** What a test under faults did; test/reliability/reporter.ts adds them up. */
export interface Counts {
  operations: number;
  faults: number;
  kills: number;
  /** Acknowledged and not there, refused and there, doubled, leaked, or a page that a rebuild makes differently. */
  losses: number;
}

declare module 'vitest' {
  interface TaskMeta {
    counts?: Counts;
  }
}

export function countsOf({ task }: Pick<TestContext, 'task'>): Counts {
  const counts = task.meta.counts ?? { operations: 0, faults: 0, kills: 0, losses: 0 };
  task.meta.counts = counts;
  return counts;
}
