import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acknowledged, say } from '../support/articles.ts';
import { type Exit, failToStart, startStoa, stoaJson, temporaryFolder } from '../support/process.ts';

const line = ({ stderr }: Exit) => {
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^stoa: /), '']);
  return stderr.trim();
};

const isListening = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('a server is ready once every sample page is in the bucket, and all is there after a restart', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const sample = { STOA_SAMPLE: 'on' };
  await using first = await startStoa(data, sample);

  const before = await pages(first.url);
  const id = await acknowledged(await say(first.url, 'the-bench-outside', { name: 'Ada', body: 'Still here?' }));
  const ended = await first.kill('SIGTERM');
  const gone = await isListening(first.url);
  await using second = await startStoa(data, sample);
  const after = await pages(second.url);
  const held = await stoaJson<{ id: string }[]>(data, ['comment', 'list', '--held']);

  expect(before).toEqual(after);
  expect(before.map(([path]) => path)).toEqual([
    '/',
    '/rooms-with-two-doors/',
    '/second-question/',
    '/the-bench-outside/',
    '/the-bench-outside/comments/1/',
  ]);
  expect(before.at(-2)?.[1]).toContain('14 comments');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(gone).toBe(false);
  expect(held.map((comment) => comment.id)).toEqual([id]);
});

async function pages(url: string): Promise<[path: string, html: string][]> {
  const front = await (await fetch(url)).text();
  const slugs = [...front.matchAll(/href="\/([a-z0-9-]+)\/"/g)].map(([, slug]) => `/${slug}/`);
  const paths = [...new Set(['/', ...slugs, '/the-bench-outside/comments/1/'])].sort();
  const read = async (path: string): Promise<[string, string]> => {
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, 200]);
    return [path, await response.text()];
  };
  return Promise.all(paths.map(read));
}

test('a second server on the folder, and one on a taken port, end with one line and harm nothing', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  await using server = await startStoa(data);
  const port = new URL(server.url).port;

  const [sameFolder, samePort] = await Promise.all([
    failToStart(data),
    failToStart(join(folder.path, 'other'), { PORT: port }),
  ]);

  expect(sameFolder.code).toBe(1);
  expect(line(sameFolder)).toMatch(/data folder .*data.* is in use by another process/);
  expect(samePort.code).toBe(1);
  expect(line(samePort)).toBe(`stoa: port ${port} is taken: choose another with PORT`);
  expect(await stoaJson(data, ['post', 'list'])).toEqual([]);
  await using again = await startStoa(join(folder.path, 'other'));
  expect((await fetch(again.url)).status).toBe(200);
});

test.each<[what: string, env: Record<string, string>, words: string]>([
  ['a port that is no number', { PORT: 'abc' }, 'PORT must be a number from 0 to 65535, got "abc": try 3000'],
  ['a sample that is neither on nor off', { STOA_SAMPLE: 'of' }, 'STOA_SAMPLE must be on or off, got "of"'],
  [
    'settings that are not there',
    { STOA_CONFIG: '/nowhere/stoa.json' },
    'STOA_CONFIG is /nowhere/stoa.json, and there',
  ],
])('%s ends the start with one line', async (_, env, words) => {
  await using folder = await temporaryFolder();

  const refused = await failToStart(join(folder.path, 'data'), env);

  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(line(refused)).toContain(words);
  expect(await readdir(folder.path)).toEqual([]);
});

test('a wrong setting ends the start with one line that names key, value and remedy', async () => {
  await using folder = await temporaryFolder();
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "limits": { "throttle": { "comment": { "rate": "fast" } } } }');

  const refused = await failToStart(join(folder.path, 'data'), { STOA_CONFIG: config });

  expect(refused.code).toBe(1);
  expect(line(refused)).toBe(
    `stoa: ${config}: limits.throttle.comment.rate must be a number above 0, got "fast": try 5`,
  );
});

test('a data folder below a file, and one that the system keeps, end the start with one line', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'file');
  await writeFile(file, 'mine');

  const refused = await Promise.all([failToStart(join(file, 'data')), failToStart(file), failToStart('/proc/stoa')]);

  expect(refused.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(refused.map(line)).toEqual([
    `stoa: cannot write to the folder ${join(file, 'data')}: part of the path is a file`,
    `stoa: cannot write to the folder ${file}: there is a file of that name`,
    expect.stringContaining('stoa: cannot write to the folder /proc/stoa: '),
  ]);
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test.each(['secrets.json', 'login-account.json'])('a spoilt %s ends the start with one line', async (name) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, name), '{ "identityKey": ');

  const refused = await failToStart(folder.path);

  expect(refused.code).toBe(1);
  expect(line(refused)).toContain(join(folder.path, name));
  expect(await readFile(join(folder.path, name), 'utf8')).toBe('{ "identityKey": ');
});
