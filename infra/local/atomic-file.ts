import { accessSync, constants, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.ts';

/** Replaces a file in one step: a reader, or a start after kill -9, sees the old content or the new one. */
export const writeAtomically = (path: string, content: string | Uint8Array, mode = 0o666): void => {
  const draft = `${path}.tmp`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
};

/** Makes a folder for the owner alone. Throws a Failure that names the folder and the reason. */
export const makeFolder = (dir: string): void => {
  try {
    makeBranch(dir);
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw new Failure(`cannot write to the folder ${dir}: ${reason(cause)}`, { cause });
  }
};

/** Not with `recursive`: Node 24 then tries for ever below a folder like /proc, where nothing can be made. */
const makeBranch = (dir: string): void => {
  if (!existsSync(dirname(dir))) makeBranch(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' || !statSync(dir).isDirectory()) throw error;
  }
};

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'nothing can be made there',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of the path is a file',
};

const reason = (cause: unknown): string => {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
};
