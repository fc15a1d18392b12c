import type { Command } from 'commander';
import { type Session, withSession } from './session.ts';

export interface Run extends Session {
  json: boolean;
}

interface Options {
  data: string;
  json: boolean;
}

/** A command's action: its first argument in a session on the data folder, with the options of all commands. */
export function session<Argument = never>(
  run: (run: Run, argument: Argument, options: Record<string, unknown>) => Promise<void>,
) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<Options & Record<string, unknown>>();
    await withSession(options.data, (opened) => run({ ...opened, json: options.json }, given[0] as Argument, options));
  };
}
