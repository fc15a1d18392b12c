import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';
import type { SubmitCost } from './submit-process.ts';

const LIMIT_US = 250;
const ANCHOR = 'with their stores: Isso 5,800; Waline 19,700; WordPress 27,800';
const PROCESS = fileURLToPath(new URL('submit-process.ts', import.meta.url));

/**
 * Budget 8: CPU of one comment POST through the real handler, warm, on a table in memory. Gated on the tenth of the
 * batches that was disturbed least, since other work on the machine adds to CPU time, and never takes from it.
 */
export async function measureSubmitting(quick: boolean): Promise<Figure[]> {
  const [rounds, posts] = quick ? [3, 1_000] : [9, 5_000];
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    PROCESS,
    String(rounds),
    String(posts),
  ]);
  const costs = JSON.parse(stdout) as SubmitCost[];
  const figure = (what: string, value: number, limit: number | null = null): Figure => ({
    budget: 8,
    what,
    value: Math.round(value),
    unit: 'µs',
    limit,
    anchor: limit === null ? '' : ANCHOR,
  });
  return costs.flatMap(({ as, characters, known, whole, sanitizing }) => {
    const name = `POST as ${as}, ${characters} characters, ${known ? 'seated' : 'held'}`;
    return [
      figure(name, whole.quiet, LIMIT_US),
      figure('… median of the rounds', whole.median),
      figure('… of it, sanitizing', sanitizing.quiet),
    ];
  });
}
