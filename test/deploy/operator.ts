import { inject } from 'vitest';
import { type Env, type Exit, start } from '../support/process.ts';
import { STAGE } from './cdk.ts';
import { aws } from './environment.ts';

/** `npm run stoa -- --stage story …`, as JSON. Throws with what it said when it fails. */
export async function stoa<Result>(args: readonly string[], env: Env = {}, stage = STAGE): Promise<Result> {
  const { code, stdout, stderr } = await ended(['--stage', stage, '--json', ...args], env);
  if (code !== 0) throw new Error(`stoa ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

function ended(args: readonly string[], env: Env): Promise<Exit> {
  const running = start(['infra/operator/stoa.ts', ...args], { ...aws(inject('endpoint')), ...env });
  const late = setTimeout(() => running.kill('SIGKILL'), 50_000);
  return running.exited.finally(() => clearTimeout(late));
}
