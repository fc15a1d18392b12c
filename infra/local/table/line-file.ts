import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/** An append-only file of lines. A line counts once its newline is written. */
export interface LineFile {
  readonly bytes: number;
  /** Hands one line to the operating system, so that it outlives this process. Throws what the disk throws, the file as before. */
  append(line: string): void;
  close(): void;
}

/** Opens for appending and cuts off a line torn by kill -9. */
export const openLineFile = (path: string): LineFile => {
  const file = openSync(path, 'a');
  let bytes = readFileSync(path).lastIndexOf('\n') + 1;
  ftruncateSync(file, bytes);

  return {
    get bytes() {
      return bytes;
    },
    append(line) {
      const content = Buffer.from(`${line}\n`);
      try {
        for (let written = 0; written < content.length; ) written += writeSync(file, content, written);
      } catch (error) {
        ftruncateSync(file, bytes);
        throw error;
      }
      bytes += content.length;
    },
    close: () => closeSync(file),
  };
};

/** The whole lines of a file; a torn one at the end is left out. */
export const readLines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
