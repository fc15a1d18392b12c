import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { freePort } from '../support/free-port.ts';
import { installedPython, missing } from './python.ts';

/** The exit code where the story cannot be told, as automake has it. */
const SKIPPED = 77;
const READY_MS = 60_000;

/** What it said the last time, for whoever looks into a failure. */
const LOG = here('../../.cache/ministack.log');

declare module 'vitest' {
  export interface ProvidedContext {
    /** The AWS API's address. */
    endpoint: string;
    /** Emptied afterwards. */
    folder: string;
  }
}

/** For vitest: an AWS API on loopback while the tests run. Ends with code 77 and one line where it cannot be had. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lacking = await missing();
  if (lacking) {
    console.log(`test:deploy is skipped: ${lacking}`);
    process.exit(SKIPPED);
  }
  const python = await installedPython();
  const folder = mkdtempSync(join(tmpdir(), 'stoa-deploy-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const emulator = start(python, port, folder);
  const stop = async () => {
    await end(emulator);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(endpoint, emulator);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('endpoint', endpoint);
  project.provide('folder', folder);
  return stop;
}

/** With permissions enforced (AUTH), functions as processes of this machine, and nothing of its user's own settings. */
function start(python: string, port: number, folder: string): ChildProcess {
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    AUTH: 'true',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    LAMBDA_EXECUTOR: 'local',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    NODE_PATH: here('../../node_modules'),
    NODE_OPTIONS: `--disable-warning=DEP0169 --import=${new URL('ministack/fetch.mjs', import.meta.url)}`,
    PYTHONPATH: here('ministack'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const output = openSync(LOG, 'w');
  return spawn(python, [here('ministack/serve.py')], { cwd: folder, env, stdio: ['pipe', output, output] });
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

async function ready(endpoint: string, emulator: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline && emulator.exitCode === null) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`the emulator did not come up: ${readFileSync(LOG, 'utf8')}`);
}

async function end(emulator: ChildProcess): Promise<void> {
  if (emulator.exitCode !== null || emulator.signalCode !== null) return;
  const ended = once(emulator, 'close');
  const late = setTimeout(() => emulator.kill('SIGKILL'), 10_000);
  emulator.kill('SIGTERM');
  await ended.finally(() => clearTimeout(late));
}
