import type { Command } from 'commander';
import { Failure } from '../local/failure.ts';
import { keepAccount } from '../local/login-account.ts';
import { print } from './output.ts';
import { type Run, session } from './run.ts';
import { signIn } from './sign-in.ts';

export function tokenCommand(program: Command): void {
  program
    .command('token')
    .description(
      'an access token for /api/admin/ of the server that runs here, for scripts; STOA_AUTHOR_PASSWORD as at its start',
    )
    .action(session<never>((run, _, options) => token(run, String(options.data))));
}

async function token({ server, json }: Run, dataDir: string): Promise<void> {
  if (!server) throw new Failure('no server runs on this data folder: start it with npm start');
  const { username, password } = await keepAccount(dataDir, process.env.STOA_AUTHOR_PASSWORD);
  const tokens = await signIn({ ...server.login, username, password });
  print(tokens, json, () => [[tokens.accessToken]]);
}
