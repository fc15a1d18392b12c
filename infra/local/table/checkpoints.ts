import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../atomic-file.ts';

/** How far each consumer of the stream has come: a sequence number per name, a file each. */
export interface Checkpoints {
  get(consumer: string): string | undefined;
  set(consumer: string, sequence: string): void;
  forget(consumer: string): void;
  names(): string[];
  /** The sequence number that every consumer has passed; undefined while there is no consumer. */
  lowest(): string | undefined;
}

/** Reads the checkpoints of `dir`. Throws a one-line Error when the folder cannot be made. */
export const openCheckpoints = (dir: string): Checkpoints => {
  makeFolder(dir);
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  const known = new Map(files.map((name) => [name.slice(0, -'.json'.length), readCheckpoint(join(dir, name))]));
  const pathOf = (consumer: string) => join(dir, `${consumer}.json`);

  return {
    get: (consumer) => known.get(consumer),
    set(consumer, sequence) {
      if (!/^[\w-]+$/.test(consumer)) throw new Error(`a consumer's name must match [A-Za-z0-9_-]+, got "${consumer}"`);
      writeAtomically(pathOf(consumer), JSON.stringify({ sequence }));
      known.set(consumer, sequence);
    },
    forget(consumer) {
      rmSync(pathOf(consumer), { force: true });
      known.delete(consumer);
    },
    names: () => [...known.keys()],
    lowest: () => [...known.values()].toSorted()[0],
  };
};

const readCheckpoint = (path: string): string =>
  (JSON.parse(readFileSync(path, 'utf8')) as { sequence: string }).sequence;
