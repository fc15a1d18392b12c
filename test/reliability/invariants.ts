/** Each invariant beside what holds it; a file that is not of test/reliability is also in `npm test`. */
export const INVARIANTS: readonly { numbers: string; file: string; local?: true }[] = [
  { numbers: '1, 2, 3, 4, 8, 9', file: 'test/reliability/writers.test.ts' },
  { numbers: '1', file: 'test/start/kill.test.ts', local: true },
  { numbers: '4, 5, 8, 9', file: 'test/publisher/equality.test.ts' },
  { numbers: '5', file: 'test/publisher/aba.test.ts' },
  { numbers: '6', file: 'test/operator/replay.test.ts' },
  { numbers: '7', file: 'test/reliability/partial-batch.test.ts' },
  { numbers: '7', file: 'test/local/event-source.test.ts', local: true },
  { numbers: '10', file: 'test/reliability/once.test.ts' },
  { numbers: '11', file: 'test/reliability/restore.test.ts' },
];
