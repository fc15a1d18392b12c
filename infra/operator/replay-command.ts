import type { Command } from 'commander';
import { Failure } from '../local/failure.ts';
import { brief, print } from './output.ts';
import { type Replayed, replay } from './replay.ts';
import { type Run, session } from './run.ts';

export function replayCommand(program: Command): void {
  program
    .command('replay')
    .description('publish, or mail about, what was given up on; what still cannot be stays where it is')
    .option('--dry-run', 'only list what waits')
    .action(session<never>((run, _, { dryRun }) => showReplay(run, dryRun === true)));
}

async function showReplay(run: Run, dryRun: boolean): Promise<void> {
  const seen: Replayed[] = [];
  try {
    for await (const one of replay(run, { dryRun })) seen.push(one);
  } finally {
    print(seen, run.json, () => seen.map(row));
  }
  const failed = seen.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0)
    throw new Failure(`${failed} of ${seen.length} stay where they are: see their lines, and the publisher's log`);
}

const row = ({ name, outcome, when, records, about, attempts, reason, error }: Replayed): string[] => [
  outcome,
  when ?? name,
  `${records} ${records === 1 ? 'record' : 'records'}`,
  reason ? `${reason} after ${attempts}` : '',
  brief(about.join(' ')),
  brief(error ?? '', 120),
];
