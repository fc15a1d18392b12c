// Brings a library with machine code beside a function's bundle, as Lambda on x86-64 needs it, whatever made the bundle:
// `node native.mjs <library> <folder>`. From node_modules, where that is the same machine; else by npm, from its registry.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LAMBDA = { os: 'linux', cpu: 'x64', libc: 'glibc' };

const [, , library, folder] = process.argv;
const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const needed = withDependencies(library);
if (needed.every((name) => existsSync(join(ROOT, 'node_modules', name)))) {
  for (const name of needed) {
    cpSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
} else {
  const { version } = packages[`node_modules/${library}`];
  const target = Object.entries(LAMBDA).map(([name, value]) => `--${name}=${value}`);
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', ['install', '--prefix', folder, ...flags, ...target, `${library}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** What the lock file names, without what is for other machines. */
function withDependencies(name, found = new Set()) {
  const entry = packages[`node_modules/${name}`];
  if (!entry || found.has(name) || !fits(entry)) return [...found];
  found.add(name);
  for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
    withDependencies(next, found);
  return [...found];
}

function fits(entry) {
  return Object.entries(LAMBDA).every(([name, value]) => !entry[name] || entry[name].includes(value));
}
