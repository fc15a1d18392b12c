import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the look of a page hangs on besides its state and the settings: the templates, the rules, the publisher. */
const SOURCES = ['web/pages', 'functions/domain', 'functions/publisher'];

/** Changes with every byte of those sources below `root`, and with what the build made (`names`). */
export async function lookOf(root: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(names));
  for (const folder of SOURCES) {
    const files = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    for (const path of paths.toSorted()) hash.update(path.slice(root.length)).update(await readFile(path));
  }
  return hash.digest('base64url');
}
