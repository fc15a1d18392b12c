import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, writeAtomically } from '../../local/atomic-file.ts';
import { Failure } from '../../local/failure.ts';
import { MANIFEST, type Manifest } from './manifest.ts';

export interface ExportFolder {
  /** A new file, written piece by piece. */
  file(path: string): Promise<Growing>;
  /** Says that the export is whole. */
  finish(manifest: Omit<Manifest, 'files'>): void;
}

export interface Growing {
  write(content: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** For the owner's eyes alone. Throws a Failure where there is something already. */
export function openExportFolder(dir: string): ExportFolder {
  makeFolder(dir);
  if (readdirSync(dir).length > 0)
    throw new Failure(
      `${dir} is not empty: export to a new folder, and delete what is left of an export that was stopped`,
    );
  const files: Manifest['files'] = [];
  return {
    async file(path) {
      const whole = join(dir, path);
      mkdirSync(dirname(whole), { recursive: true, mode: 0o700 });
      const handle = await open(whole, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EEXIST') throw cause;
        throw new Failure(`${path} came up twice: an article was renamed meanwhile; export again`, { cause });
      });
      return growing(handle, (bytes, sha256) => files.push({ path, bytes, sha256 }));
    },
    finish: (manifest) =>
      writeAtomically(join(dir, MANIFEST), `${JSON.stringify({ ...manifest, files }, null, 1)}\n`, 0o600),
  };
}

function growing(handle: FileHandle, closed: (bytes: number, sha256: string) => void): Growing {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(content) {
      const piece = Buffer.from(content);
      hash.update(piece);
      bytes += piece.length;
      await handle.writeFile(piece);
    },
    async close() {
      await handle.close();
      closed(bytes, hash.digest('hex'));
    },
  };
}
