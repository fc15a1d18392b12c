import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { findServer } from '../local/endpoint-file.ts';
import { Failure } from '../local/failure.ts';
import { keepAccount } from '../local/login-account.ts';
import { keepSecrets } from '../local/secrets.ts';
import { print } from './output.ts';
import { signIn } from './sign-in.ts';

export function tokenCommand(program: Command): void {
  program
    .command('token')
    .description(
      'an access token for /api/admin/ of the server that runs here, for scripts; STOA_AUTHOR_PASSWORD as at its start',
    )
    .action(async (_: object, command: Command) => {
      const { data, stage, json } = command.optsWithGlobals<{ data: string; stage?: string; json: boolean }>();
      if (stage !== undefined)
        throw new Failure(`a token for the stage ${stage} comes from its own sign-in page alone`);
      await token(resolve(data), json);
    });
}

async function token(dir: string, json: boolean): Promise<void> {
  const server = existsSync(join(dir, 'endpoint.json')) && (await findServer(dir, keepSecrets(dir).accessKey));
  if (!server) throw new Failure(`no server runs on the data folder ${dir}: start it with npm start`);
  const { username, password } = await keepAccount(dir, process.env.STOA_AUTHOR_PASSWORD);
  const tokens = await signIn({ ...server.login, username, password });
  print(tokens, json, () => [[tokens.accessToken]]);
}
