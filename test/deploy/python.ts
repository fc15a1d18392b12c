import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = fileURLToPath(new URL('../../.cache/ministack', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('ministack/requirements.txt', import.meta.url));
const PYTHON = join(CACHE, 'bin/python');
/** Written last, so that half an installation is begun again. */
const INSTALLED = join(CACHE, 'installed.txt');

const INSTALL_MS = 300_000;

const run = promisify(execFile);

/** What this machine lacks, in one line; null when it lacks nothing. */
export async function missing(): Promise<string | null> {
  try {
    await run('python3', ['-c', PROBE]);
    return null;
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    const found = code === 'ENOENT' ? 'there is no python3' : stderr.trim().split('\n').at(-1);
    return `Python 3.10 or later with venv and pip is needed, and ${found}`;
  }
}

const PROBE = `
import platform, sys
if sys.version_info < (3, 10): sys.exit(f"python3 is {platform.python_version()}")
try: import venv, ensurepip
except ImportError as error: sys.exit(f"python3 has no module {error.name}")
`;

/** The interpreter of a virtual environment with the emulator in it, kept until its requirements change. */
export async function installedPython(): Promise<string> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (installed() === wanted && existsSync(PYTHON)) return PYTHON;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(dirname(CACHE), { recursive: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:'];
  await run('python3', ['-m', 'venv', CACHE], { timeout: INSTALL_MS });
  await run(PYTHON, [...pip, '--requirement', REQUIREMENTS], { timeout: INSTALL_MS });
  writeFileSync(INSTALLED, wanted);
  return PYTHON;
}

function installed(): string | null {
  try {
    return readFileSync(INSTALLED, 'utf8');
  } catch {
    return null;
  }
}
