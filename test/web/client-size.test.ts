import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildWeb } from '../../web/build.ts';

beforeAll(buildWeb);

const assets = () => import('../../web/generated/assets.ts');

test('the script of a page is one file of at most 3 KB', async () => {
  const { clientScript } = await assets();

  const script = await readFile(new URL(`../../web/generated${clientScript}`, import.meta.url));

  expect(String(script)).not.toMatch(/^import|from"\.\//);
  expect(gzipSync(script).length).toBeLessThanOrEqual(3072);
});

test('the stylesheet has at most 2 KB', async () => {
  const { style } = await assets();

  expect(gzipSync(style).length).toBeLessThanOrEqual(2048);
});

test('building again changes nothing', async () => {
  const file = new URL('../../web/generated/assets.ts', import.meta.url);
  const before = await readFile(file, 'utf8');

  await buildWeb();

  expect(await readFile(file, 'utf8')).toBe(before);
});
