import { Command, CommanderError } from 'commander';
import { RuleError } from '../../functions/domain/errors.ts';
import { Failure } from '../local/failure.ts';
import { authorCommands } from './author-commands.ts';
import { commentCommands } from './comment-commands.ts';
import { costCommand } from './cost-command.ts';
import { wording } from './each.ts';
import { exportCommand } from './export-command.ts';
import { postCommands } from './post-commands.ts';
import { replayCommand } from './replay-command.ts';
import { republishCommand } from './republish-command.ts';
import { restoreCommand } from './restore-command.ts';
import { tokenCommand } from './token-command.ts';
import { userCommands } from './user-commands.ts';

/** The exit code of one command line. Throws a Failure for what was refused. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof RuleError) throw new Failure(wording(error), { cause: error });
    throw error;
  }
}

/** The parents' settings go down to the commands made after them. */
export function program(): Command {
  const stoa = new Command('stoa')
    .description('Looks after a Stoa: through the server that runs on the data folder, on the folder itself, or on AWS')
    .option('--data <folder>', 'the data folder; STOA_DATA unless given', process.env.STOA_DATA || '.stoa')
    .option(
      '--stage <name>',
      'a Stoa deployed on AWS, in place of the data folder; region and credentials as the AWS CLI has them',
    )
    .option('--json', 'one line of JSON, for scripts', false)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride();
  postCommands(stoa);
  commentCommands(stoa);
  authorCommands(stoa);
  userCommands(stoa);
  republishCommand(stoa);
  replayCommand(stoa);
  exportCommand(stoa);
  restoreCommand(stoa);
  tokenCommand(stoa);
  costCommand(stoa);
  return stoa;
}
