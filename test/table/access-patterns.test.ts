import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const TABLE = new URL('../../functions/table/', import.meta.url);

async function namedInCode(): Promise<string[]> {
  const files = await readdir(TABLE);
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, TABLE), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/Access pattern `([^`]+)`/g)].map(([, name]) => name ?? ''));
}

async function listedInDocs(): Promise<string[]> {
  const text = await readFile(new URL('../../docs/access-patterns.md', import.meta.url), 'utf8');
  const [, patterns = ''] = text.split('## Patterns');
  return [...patterns.matchAll(/^\| `([^`]+)` \| `\w+` \|/gm)].map(([, name]) => name ?? '');
}

test('every function of the table has its row in docs/access-patterns.md, and every row its function', async () => {
  const [code, docs] = await Promise.all([namedInCode(), listedInDocs()]);

  expect(docs.length).toBeGreaterThan(30);
  expect(docs.toSorted()).toEqual(code.toSorted());
});
