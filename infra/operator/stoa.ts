import { Command } from 'commander';
import { RuleError } from '../../functions/domain/errors.ts';
import { PROBLEMS } from '../../functions/http/problems.ts';
import { Failure } from '../local/failure.ts';
import { authorCommands } from './author-commands.ts';
import { commentCommands } from './comment-commands.ts';
import { postCommands } from './post-commands.ts';
import { republishCommand } from './republish-command.ts';
import { tokenCommand } from './token-command.ts';

/** `npm run stoa -- …`. Exit codes: 0 done, 1 refused or failed, with one line why. */
const program = new Command('stoa')
  .description('Looks after a Stoa: through the server that runs on the data folder, or on the folder itself')
  .option('--data <folder>', 'the data folder', process.env.STOA_DATA ?? '.stoa')
  .option('--json', 'one line of JSON, for scripts', false)
  .showHelpAfterError('(add --help for what there is)');

postCommands(program);
commentCommands(program);
authorCommands(program);
republishCommand(program);
tokenCommand(program);

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Failure || error instanceof RuleError ? `stoa: ${wording(error)}` : error);
    process.exit(1);
  },
);

function wording(error: Failure | RuleError): string {
  if (error instanceof Failure) return error.message;
  const { title, detail } = PROBLEMS[error.code];
  return `${title}: ${detail(error.detail)}`;
}
