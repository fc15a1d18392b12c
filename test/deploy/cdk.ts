import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { type Env, start } from '../support/process.ts';
import { aws } from './environment.ts';

export const STAGE = 'story';
export const STATE = stateOf(STAGE);
export const SITE = siteOf(STAGE);
/** Beside it in the same account. */
export const OTHER_STAGE = 'other';

const TIMEOUT_MS = 300_000;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = 'node_modules/aws-cdk/bin/cdk';

/** The stack of all that must not be lost. */
export function stateOf(stage: string): string {
  return `stoa-${stage}-state`;
}

/** The stack of all that can be made again. */
export function siteOf(stage: string): string {
  return `stoa-${stage}-site`;
}

/** One call of the CDK's command line in the project, with a place of its own for what it synthesizes. Returns what it said. */
async function cdk(args: readonly string[], env: Env = {}, project = PROJECT): Promise<string> {
  const output = ['--output', join(inject('folder'), 'cdk.out')];
  const variables = { ...aws(inject('endpoint')), CDK_DISABLE_CLI_TELEMETRY: 'true', STOA_STAGE: STAGE, ...env };
  const running = start([CLI, ...args, '--no-notices', ...output], variables, process.execPath, project);
  const late = setTimeout(() => running.kill('SIGKILL'), TIMEOUT_MS);
  const { code, stdout, stderr } = await running.exited.finally(() => clearTimeout(late));
  if (code !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout + stderr;
}

export const bootstrap = () => cdk(['bootstrap']);

interface What {
  /** Another version of the project. */
  project?: string;
  stage?: string;
}

/** `config` is the site's file of settings. */
export const deploy = (config: string, { project, stage = STAGE }: What = {}) =>
  cdk(
    ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'],
    { STOA_CONFIG: config, STOA_STAGE: stage },
    project,
  );

export const destroy = (stack: string) => cdk(['destroy', stack, '--exclusively', '--force']);
