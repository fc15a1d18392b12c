import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { look } from '../../web/generated/assets.ts';
import type { Bucket } from './bucket.ts';

const ROOT = new URL('../../', import.meta.url);
const ASSETS = new URL('web/generated/assets/', ROOT);
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Puts what the build made beside the pages. Older ones stay: a page keeps the script it was made with. */
export async function uploadAssets(bucket: Bucket): Promise<void> {
  for (const name of await readdir(ASSETS)) {
    const contentType = TYPES[name.split('.').at(-1) ?? ''];
    if (!contentType) throw new Error(`no content type for the asset ${name}`);
    const body = await readFile(new URL(name, ASSETS));
    await bucket.put(`assets/${name}`, body, {
      contentType,
      cacheControl: 'public, max-age=31536000, immutable',
      metadata: {},
    });
  }
}

/** Changes with whatever the look of a page hangs on besides its state: the templates, the rules, the settings. */
export const fingerprint = (settings: object): string =>
  createHash('sha256').update(look).update(JSON.stringify(settings)).digest('base64url');
