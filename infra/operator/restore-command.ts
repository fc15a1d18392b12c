import type { Command } from 'commander';
import { restoreFrom } from './backup/restore.ts';
import { readSecretsFile } from './backup/secrets-file.ts';
import { showCounts } from './backup/show-counts.ts';
import { session } from './run.ts';

export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .description('make a Stoa that is empty what another one was when it was exported; stopped, run it again')
    .argument('<folder>', 'as stoa export wrote it')
    .option('--secrets <file>', 'the keys of the one that was exported, as stoa export --secrets wrote them')
    .option(
      '--without-secrets',
      'go on with other keys: everybody is a stranger again, and mail that was asked for stops',
    )
    .action(
      session<string>(async (run, folder, { secrets, withoutSecrets }) => {
        const keys = typeof secrets === 'string' ? readSecretsFile(secrets) : undefined;
        const counts = await restoreFrom(folder, run, { secrets: keys, withoutSecrets: withoutSecrets === true });
        showCounts('restored', counts, run.json);
      }),
    );
}
