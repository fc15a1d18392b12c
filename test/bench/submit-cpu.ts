import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions } from '../../infra/aws/bundling.ts';
import type { Figure } from './figure.ts';
import type { SubmitCost } from './submit-process.ts';

const LIMIT_US = 250;
/** The comment that the other budgets are measured with. */
const GATED_CHARACTERS = 280;
const ANCHOR = 'with their stores: Isso 5,800; Waline 19,700; WordPress 27,800';
const PROCESS = fileURLToPath(new URL('submit-process.ts', import.meta.url));

/**
 * Budget 8: CPU of one comment POST through the handler, bundled as it is deployed, warm, on a table in memory. Gated on the tenth of the
 * batches that was disturbed least, since other work on the machine adds to CPU time, and never takes from it; the
 * quick run is too short to warm up, and only tells.
 */
export async function measureSubmitting(quick: boolean): Promise<Figure[]> {
  const [rounds, posts] = quick ? [3, 1_000] : [9, 5_000];
  await using folder = await mkdtempDisposable(join(tmpdir(), 'stoa-bench-'));
  const outfile = join(folder.path, 'submit-process.mjs');
  await build({ ...bundleOptions(PROCESS), outfile });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, String(rounds), String(posts)]);
  const costs = JSON.parse(stdout) as SubmitCost[];
  const figure = (what: string, value: number, limit: number | null = null): Figure => ({
    budget: 8,
    what,
    value: Math.round(value),
    unit: 'µs',
    limit,
    anchor: limit === null ? '' : ANCHOR,
  });
  return costs.flatMap(({ as, characters, known, rules, whole, sanitizing }) => {
    const name = `POST as ${as}, ${characters} characters, ${known ? 'seated' : 'held'}`;
    if (rules) return [figure(`POST as ${as}, ${characters} characters, ${rules} rule on`, whole.quiet)];
    return [
      figure(name, whole.quiet, !quick && characters === GATED_CHARACTERS ? LIMIT_US : null),
      figure('… median of the rounds', whole.median),
      figure('… of it, sanitizing', sanitizing.quiet),
    ];
  });
}
