import type { Reporter, TestModule } from 'vitest/node';
import type { Counts } from '../support/counts.ts';
import { INVARIANTS } from './invariants.ts';

const COLUMNS = ['invariant', 'held by', 'tests', 'failed', 'operations', 'faults', 'kills', 'losses'];

/** The counts of a run as one table, after everything else. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = INVARIANTS.flatMap(({ numbers, file }) => {
      const module = modules.find(({ relativeModuleId }) => relativeModuleId === file);
      return module ? [{ numbers, file, ...summed(module) }] : [];
    });
    const cells = rows.map(({ numbers, file, ...counted }) => [numbers, file, ...Object.values(counted).map(String)]);
    const totals = COLUMNS.slice(2).map((_, i) => cells.reduce((sum, row) => sum + Number(row[i + 2]), 0));
    console.log(`\n${aligned([COLUMNS, ...cells, ['', 'all', ...totals.map(String)]])}\n`);
  }
}

function summed(module: TestModule) {
  const tests = [...module.children.allTests()];
  const all = tests.flatMap((test): Counts[] => [test.meta().counts ?? []].flat());
  const sum = (of: (counts: Counts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return {
    tests: tests.length,
    failed: tests.filter((test) => test.result().state !== 'passed').length,
    operations: sum(({ operations }) => operations),
    faults: sum(({ faults }) => faults),
    kills: sum(({ kills }) => kills),
    losses: sum(({ losses }) => losses),
  };
}

function aligned(rows: string[][]): string {
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const pad = (cell: string, i: number) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0));
  return rows.map((row) => row.map(pad).join('  ')).join('\n');
}
