import type { Command } from 'commander';
import { withFolder } from './local-session.ts';
import type { Session, Whereabouts } from './session.ts';

export interface Run extends Session {
  json: boolean;
}

interface Options extends Whereabouts {
  json: boolean;
}

/** A command's action: its first argument in a session on the Stoa it is for, with the options of all commands. */
export function session<Argument = never>(
  run: (run: Run, argument: Argument, options: Record<string, unknown>) => Promise<void>,
) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<Options & Record<string, unknown>>();
    await withSession(options, (opened) => run({ ...opened, json: options.json }, given[0] as Argument, options));
  };
}

/** AWS's clients are loaded only where they are needed. */
async function withSession({ data, stage }: Whereabouts, run: (session: Session) => Promise<void>): Promise<void> {
  if (stage === undefined) return withFolder(data, run);
  const { withStage } = await import('./deployed-session.ts');
  return withStage(stage, run);
}
