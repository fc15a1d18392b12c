import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ENGINE } from '../support/engine.ts';
import { dynamoDbLocal } from './jar.ts';
import { missing } from './java.ts';

/** The exit code where nothing can be tested, as automake has it. */
const SKIPPED = 77;
const READY_MS = 60_000;

const LAUNCHER = fileURLToPath(new URL('Loopback.java', import.meta.url));
/** What it said the last time, for whoever looks into a failure. */
const LOG = fileURLToPath(new URL('../../.cache/dynamodb-local.log', import.meta.url));

/** For vitest: DynamoDB Local on loopback while the tests run. Ends with code 77 and one line where it cannot be had. */
export default async function setup(): Promise<() => Promise<void>> {
  const lacking = await missing();
  if (lacking) {
    console.log(`test:dynamodb is skipped: ${lacking}`);
    process.exit(SKIPPED);
  }
  const engine = start(await dynamoDbLocal());
  try {
    process.env[ENGINE] = `http://127.0.0.1:${await portOf(engine)}`;
  } catch (error) {
    engine.kill('SIGKILL');
    throw error;
  }
  return () => end(engine);
}

/** In memory; it ends with its input, and so with this process. */
function start(folder: string): ChildProcess {
  mkdirSync(join(LOG, '..'), { recursive: true });
  const jars = ['DynamoDBLocal.jar', 'DynamoDBLocal_lib/*'].map((path) => join(folder, path)).join(delimiter);
  const java = ['-Xmx768m', `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`, '-cp', jars, LAUNCHER];
  return spawn('java', [...java, '-inMemory', '-disableTelemetry'], {
    stdio: ['pipe', 'pipe', openSync(LOG, 'w')],
  });
}

async function portOf(engine: ChildProcess): Promise<number> {
  const late = setTimeout(() => engine.kill('SIGKILL'), READY_MS);
  try {
    if (engine.stdout)
      for await (const line of createInterface(engine.stdout)) {
        const port = /^port (\d+)$/.exec(line)?.[1];
        if (port) {
          engine.stdout.resume();
          return Number(port);
        }
      }
  } finally {
    clearTimeout(late);
  }
  throw new Error(`DynamoDB Local did not come up: ${readFileSync(LOG, 'utf8')}`);
}

async function end(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null || engine.signalCode !== null) return;
  const ended = once(engine, 'close');
  const late = setTimeout(() => engine.kill('SIGKILL'), 10_000);
  engine.stdin?.end();
  await ended.finally(() => clearTimeout(late));
}
