import { appendFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleOptions } from '../../infra/aws/bundling.ts';
import { look } from '../../web/generated/assets.ts';
import { lookOf } from '../../web/look.ts';
import { temporaryFolder } from '../support/process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['web/pages', 'functions/domain', 'functions/publisher'];

test('the look changes with a template, the policy, the publisher or a style, and with nothing else', async () => {
  await using folder = await temporaryFolder();
  for (const each of FOLDERS) await cp(join(ROOT, each), join(folder.path, each), { recursive: true });
  const seen = [await lookOf(folder.path, ['a.css'])];

  const again = await lookOf(folder.path, ['a.css']);
  seen.push(await lookOf(folder.path, ['b.css']));
  for (const file of ['web/pages/Post.tsx', 'functions/domain/allowed-tags.ts', 'functions/publisher/page.ts']) {
    await appendFile(join(folder.path, file), '\n');
    seen.push(await lookOf(folder.path, ['b.css']));
  }

  expect(again).toBe(seen[0]);
  expect(new Set(seen)).toHaveLength(5);
});

const bundle = (name: string) =>
  build({ ...bundleOptions(`functions/${name}.ts`), write: false, metafile: true, outfile: 'index.mjs' });

test("republish's bundle holds the look and the templates, so that its version changes with them", async () => {
  const { outputFiles, metafile } = await bundle('republish');

  expect(outputFiles?.[0]?.text).toContain(look);
  expect(Object.keys(metafile?.inputs ?? {})).toEqual(
    expect.arrayContaining(['web/generated/assets.ts', 'web/pages/Layout.tsx']),
  );
});

test("renew's bundle holds the policies and what makes HTML by them, so that its version changes with those", async () => {
  const { metafile } = await bundle('renew');

  expect(Object.keys(metafile?.inputs ?? {})).toEqual(
    expect.arrayContaining(
      ['allowed-tags', 'markdown', 'sanitize', 'markup-article'].map((name) => `functions/domain/${name}.ts`),
    ),
  );
});
