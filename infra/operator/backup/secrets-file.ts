import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { Failure } from '../../local/failure.ts';
import type { Keys } from '../keys.ts';

const key = v.pipe(v.string(), v.nonEmpty());
const keys = v.pipe(v.string(), v.parseJson(), v.object({ identity: key, address: key, unsubscribe: key }));

/** For its owner alone, and never over another. Throws a Failure. */
export function writeSecretsFile(path: string, { identity, address, unsubscribe }: Keys): void {
  const file = attempt(() => openSync(path, 'wx', 0o600), `the secrets cannot be written to ${path}`);
  writeFileSync(file, `${JSON.stringify({ identity, address, unsubscribe }, null, 1)}\n`);
  closeSync(file);
}

/** Throws a Failure. */
export function readSecretsFile(path: string): Keys {
  const text = attempt(() => readFileSync(path, 'utf8'), `the secrets cannot be read from ${path}`);
  const parsed = v.safeParse(keys, text);
  if (parsed.success) return parsed.output;
  throw new Failure(`${path} does not hold the secrets of an export: give the file that stoa export --secrets wrote`);
}

function attempt<T>(act: () => T, what: string): T {
  try {
    return act();
  } catch (cause) {
    throw new Failure(`${what}: ${WHY[(cause as NodeJS.ErrnoException).code ?? ''] ?? (cause as Error).message}`, {
      cause,
    });
  }
}

const WHY: Record<string, string> = {
  EEXIST: 'there is such a file, and it may hold the secrets of another export',
  ENOENT: 'there is no such file or folder',
};
