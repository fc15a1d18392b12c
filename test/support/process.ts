import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** So that the owner's own stoa.json changes no test. */
const DEFAULTS = fileURLToPath(new URL('settings.json', import.meta.url));
const PATIENCE_MS = 50_000;

/** Ends with whoever started it, even when that one is killed. */
const LEASH = `data:text/javascript,${encodeURIComponent(
  "process.on('disconnect', () => process.exit(70)); process.channel?.unref();",
)}`;

export type Env = Readonly<Record<string, string>>;

export interface Exit {
  /** null: ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly stdout: string;
  readonly stderr: string;
  /** The first match in the standard output. Rejects with all it said when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): Promise<Exit>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** One process of Node with the loader that the `tsx` command sets, without its second process. */
export function start(
  args: readonly string[],
  env: Env = {},
  program: string = process.execPath,
  folder = ROOT,
): Running {
  const child = spawn(program, ['--import', LEASH, '--import', 'tsx', ...args], {
    cwd: folder,
    env: {
      ...inherited(),
      STOA_CONFIG: DEFAULTS,
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const heard = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text;
    child.emit('heard');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text;
  });
  const exited = once(child, 'close').then(([code]): Exit => {
    child.emit('heard');
    return { code: code as number | null, ...heard };
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    child,
    get stdout() {
      return heard.stdout;
    },
    get stderr() {
      return heard.stderr;
    },
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(heard.stdout);
        if (found) return found;
        if (isOver()) throw new Error(`${args.join(' ')} ended without ${pattern}: ${heard.stdout}${heard.stderr}`);
        await once(child, 'heard');
      }
    },
    exited,
    kill(signal) {
      if (!isOver()) child.kill(signal);
      return exited;
    },
    async [Symbol.asyncDispose]() {
      if (!isOver()) child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Without what the shell set for a Stoa of its own, and what vitest set for itself. */
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(STOA_|AWS_|VITEST|NODE_ENV|NODE_OPTIONS|PORT$|FORCE_COLOR)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

export interface Server extends Running {
  url: string;
}

/** `npm start` on any free port, once it says that it is ready. */
export async function startStoa(data: string, env: Env = {}): Promise<Server> {
  const running = start(['infra/local/main.ts'], { PORT: '0', STOA_DATA: data, STOA_SAMPLE: 'off', ...env });
  try {
    const [, url = ''] = await running.says(/^Stoa is ready at (\S+)\n/m);
    return Object.defineProperty(running, 'url', { value: url }) as Server;
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
}

/** A start that is expected to fail. */
export const failToStart = (data: string, env: Env = {}): Promise<Exit> =>
  ended(start(['infra/local/main.ts'], { PORT: '0', STOA_DATA: data, STOA_SAMPLE: 'off', ...env }));

/** `npm run stoa -- …` on a data folder. */
export const stoa = (data: string, args: readonly string[], env: Env = {}): Promise<Exit> =>
  ended(startCommand(data, args, env));

export const startCommand = (data: string, args: readonly string[], env: Env = {}): Running =>
  start(['infra/operator/stoa.ts', '--data', data, ...args], env);

/** Of its own accord; one that hangs is killed, and has the code null. */
async function ended(running: Running): Promise<Exit> {
  const late = setTimeout(() => running.kill('SIGKILL'), PATIENCE_MS);
  return running.exited.finally(() => clearTimeout(late));
}

/** What a command says with --json. Throws with its error when it fails. */
export async function stoaJson<T>(data: string, args: readonly string[], env: Env = {}): Promise<T> {
  const { code, stdout, stderr } = await stoa(data, [...args, '--json'], env);
  if (code !== 0) throw new Error(`stoa ${args.join(' ')} failed with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

export interface Folder {
  path: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'stoa-run-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
