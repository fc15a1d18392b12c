import { appendFile, cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['functions', 'infra', 'web', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Said at the foot of every page by the next version. */
export const NEWS = 'A newer Stoa';

/** A copy of the project in `folder` with another template and another stylesheet. Returns where it is. */
export async function makeNextVersion(folder: string): Promise<string> {
  const project = join(folder, 'next-version');
  for (const name of SOURCES) await cp(join(PROJECT, name), join(project, name), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
  await replace(join(project, 'web/pages/Layout.tsx'), '© {site.owner}', `${NEWS} © {site.owner}`);
  await appendFile(join(project, 'web/assets/page.css'), '\nfooter { letter-spacing: 0.01em; }\n');
  return project;
}

async function replace(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} does not hold ${before}`);
  await writeFile(file, text.replace(before, after));
}
