import { Argument, type Command } from 'commander';
import { exportTo } from './backup/export.ts';
import { writeSecretsFile } from './backup/secrets-file.ts';
import { showCounts } from './backup/show-counts.ts';
import { type Run, session } from './run.ts';

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('write all that a Stoa is made from into an empty folder, of which stoa restore makes it again')
    .addArgument(new Argument('<folder>', 'a new folder'))
    .option('--secrets <file>', 'write the keys too, into a file apart: with them regulars are known and mail goes on')
    .action(session<string>((run, folder, { secrets }) => exportStoa(run, folder, secrets as string | undefined)));
}

/** The keys last: without a whole export they are for nothing. */
async function exportStoa(run: Run, folder: string, secrets: string | undefined): Promise<void> {
  const counts = await exportTo(folder, run);
  if (secrets !== undefined) writeSecretsFile(secrets, await run.keys.read());
  showCounts('exported', counts, run.json);
}
