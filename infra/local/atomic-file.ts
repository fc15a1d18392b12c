import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from 'node:fs';
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
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw new Failure(`cannot write to the folder ${dir}: ${reason(cause)}`, { cause });
  }
};

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of the path is a file',
};

const reason = (cause: unknown): string => {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
};
