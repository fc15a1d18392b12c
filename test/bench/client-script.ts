import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { clientScript } from '../../web/generated/assets.ts';
import type { Figure } from './figure.ts';

/** Budget 3: the page's module, gzipped, as the build made it. */
export async function measureScript(): Promise<Figure[]> {
  const script = await readFile(new URL(`../../web/generated${clientScript}`, import.meta.url));
  return [
    {
      budget: 3,
      what: 'script that enhances a page, gzipped',
      value: gzipSync(script).length,
      unit: 'bytes',
      limit: 3_072,
      anchor: 'Isso 20 KB; Artalk 46; Waline 95',
    },
  ];
}
