import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureStore } from './failure-store.ts';

/** Of the local platform. */
export const openFailureFolder = (dir: string): FailureStore => ({
  async names() {
    const files = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return files.filter((name) => name.endsWith('.json')).toSorted();
  },
  read: (name) => readFile(join(dir, name), 'utf8'),
  remove: (name) => rm(join(dir, name), { force: true }),
});
