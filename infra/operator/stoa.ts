import { Failure } from '../local/failure.ts';
import { checkNode } from '../local/node-version.ts';

/** A reader who has seen enough, as `head` has, ends nothing: what was begun is brought to its end. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** `npm run stoa -- …`. Exit codes: 0 done, 1 refused or failed, with one line why, 2 not a command that there is. */
async function main(): Promise<number> {
  checkNode(process.versions.node);
  const { runProgram } = await import('./program.ts');
  return runProgram(process.argv);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Failure ? `stoa: ${error.message}` : error);
    process.exit(1);
  },
);
