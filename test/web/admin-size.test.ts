import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildWeb } from '../../web/build.ts';

const GENERATED = new URL('../../web/generated/', import.meta.url);
const read = (path: string) => readFile(new URL(path, GENERATED), 'utf8');

beforeAll(buildWeb);

/** What the document asks for, and what that imports before it runs. */
async function firstLoad(): Promise<Map<string, string>> {
  const document = await read('admin/index.html');
  const loaded = new Map([['admin/index.html', document]]);
  const wanted = [...document.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  for (const path of wanted) {
    if (loaded.has(path)) continue;
    const text = await read(path);
    loaded.set(path, text);
    for (const [, name] of text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) wanted.push(`assets/${name}`);
  }
  return loaded;
}

const gzipped = (text: string) => gzipSync(text).length;

/** The file of a view, which is loaded when it is shown. */
async function viewOf(name: string, loaded: Map<string, string>): Promise<string> {
  const text = [...loaded.values()].join();
  return read(`assets/${new RegExp(`import\\("\\./(admin-${name}[^"]+)"\\)`).exec(text)?.[1]}`);
}

test("the first load of the authors' room has at most 150 KB, its first view included, without the editor", async () => {
  const loaded = await firstLoad();
  const files = [...loaded.values(), await viewOf('PostList', loaded)];

  expect(files.reduce((sum, text) => sum + gzipped(text), 0)).toBeLessThanOrEqual(150_000);
  expect(files.filter((text) => text.includes('cm-content'))).toEqual([]);
});

test('the editor is loaded when an article is opened', async () => {
  expect(await viewOf('Editor', await firstLoad())).toContain('cm-content');
});
