import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { Writable } from 'node:stream';

const LARGEST_BYTES = 10_000_000;

export interface LogFile {
  /** Into the file alone. */
  lines: Writable;
  /** Into the file, and before whoever watches. */
  errors: Writable;
}

/** What the functions log, a file that is put aside as `<path>.1` when it has grown to ten megabytes. */
export function openLogFile(path: string): LogFile {
  let size = existsSync(path) ? statSync(path).size : 0;
  const append = (chunk: Buffer) => {
    if (size > LARGEST_BYTES) renameSync(path, `${path}.1`);
    if (size > LARGEST_BYTES) size = 0;
    appendFileSync(path, chunk, { mode: 0o600 });
    size += chunk.length;
  };
  const into = (write: (chunk: Buffer) => void) =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        try {
          write(chunk);
        } catch (error) {
          process.emitWarning(`the log ${path} cannot be written: ${(error as Error).message}`);
        }
        done();
      },
    });
  return {
    lines: into(append),
    errors: into((chunk) => {
      process.stderr.write(chunk);
      append(chunk);
    }),
  };
}
