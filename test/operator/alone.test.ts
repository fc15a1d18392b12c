import { execFileSync } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeArticle } from '../support/articles.ts';
import {
  failToStart,
  type Running,
  startCommand,
  startStoa,
  stoa,
  stoaJson,
  temporaryFolder,
} from '../support/process.ts';

const ARTICLE = 'title: One\nauthor: Odile Brandt';

/** A named pipe in the place of an article: the command waits in the middle of its work until somebody writes. */
function pipeAt(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

/** The pipe's other end, once the command reads it. Throws with what it said when it ends before. */
async function read(pipe: string, by: Running): Promise<FileHandle> {
  const opening = open(pipe, 'w');
  const early = await Promise.race([opening.then(() => null), by.exited]);
  if (early === null) return opening;
  const reader = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  await (await opening).close();
  await reader.close();
  throw new Error(`the command ended before it read ${pipe}: ${early.stderr}`);
}

test('without a server, the pages are in the bucket when the command ends, even of a command that failed in part', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const page = () => readFile(join(data, 'bucket', 'one', 'index.html'), 'utf8');

  const published = await stoa(data, ['post', 'publish', await writeArticle(folder.path, 'one', ARTICLE)]);
  const first = await page();
  const closed = await stoa(data, ['post', 'close', 'one', 'two']);

  expect(published).toEqual({ code: 0, stdout: 'published  /one/  One\n', stderr: '' });
  expect(first).toContain('Some words.');
  expect(first).toContain('<form');
  expect(closed).toEqual({ code: 1, stdout: 'published  one  closed\n', stderr: 'stoa: there is no article two\n' });
  expect(await page()).not.toContain('<form');
});

test('what the shell says of AWS leads no local command astray', async () => {
  await using folder = await temporaryFolder();
  const env = {
    AWS_PROFILE: 'nobody',
    AWS_SESSION_TOKEN: 'old',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    STOA_STAGE: 'prod',
  };

  const list = await stoa(join(folder.path, 'data'), ['post', 'list'], env);

  expect(list).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('while one command holds the folder, another and a server end with one line', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const pipe = pipeAt(join(folder.path, 'one.md'));
  await using first = startCommand(data, ['post', 'publish', pipe]);
  const writing = await read(pipe, first);

  const [second, server] = await Promise.all([stoa(data, ['post', 'list']), failToStart(data)]);
  await writing.writeFile(`---\n${ARTICLE}\n---\nSome words.\n`);
  await writing.close();

  const line = /^stoa: the data folder \S+ is in use by another process: end that one first\n$/;
  expect(second).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(line) });
  expect(server).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(line) });
  expect(await first.exited).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(data, 'bucket', 'one', 'index.html'))).toBe(true);
});

test('a command whose server dies under it says so in one line', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  await using server = await startStoa(data);
  const pipe = pipeAt(join(folder.path, 'one.md'));
  await using command = startCommand(data, ['post', 'publish', pipe]);
  const writing = await read(pipe, command);

  await server.kill('SIGKILL');
  await writing.writeFile(`---\n${ARTICLE}\n---\nSome words.\n`);
  await writing.close();

  const { code, stderr } = await command.exited;
  expect(code).toBe(1);
  expect(stderr).toBe(`stoa: the server on ${data} went away: run the command again\n`);
});

test('what a killed server left behind misleads nobody, whoever has its pid and its port by now', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  await using server = await startStoa(data);
  await server.kill('SIGKILL');
  const other = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  const file = join(data, 'endpoint.json');
  const left = JSON.parse(await readFile(file, 'utf8'));
  const tableUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await writeFile(file, JSON.stringify({ ...left, pid: process.pid, tableUrl }));

  const published = await stoa(data, ['post', 'publish', await writeArticle(folder.path, 'one', ARTICLE)]);
  const token = await stoa(data, ['token']);
  other.close();

  expect(published).toEqual({ code: 0, stdout: 'published  /one/  One\n', stderr: '' });
  expect(existsSync(join(data, 'bucket', 'one', 'index.html'))).toBe(true);
  expect(token).toMatchObject({
    code: 1,
    stderr: `stoa: no server runs on the data folder ${data}: start it with npm start\n`,
  });
});

test('a token without a server is refused, and no folder is made for it', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');

  const refused = await stoa(data, ['token']);

  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^stoa: no server runs on the data folder [^\n]+\n$/);
  expect(existsSync(data)).toBe(false);
});

test('pages that a command made under other settings are made anew by the server’s next start', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "site": { "title": "Elsewhere" } }');
  const article = await writeArticle(folder.path, 'one', ARTICLE);
  const page = () => readFile(join(data, 'bucket', 'one', 'index.html'), 'utf8');
  await using first = await startStoa(data);
  await first.kill('SIGTERM');

  await stoaJson(data, ['post', 'publish', article], { STOA_CONFIG: config });
  const between = await page();
  await using second = await startStoa(data);

  expect(between).toContain('<title>One · Elsewhere</title>');
  expect(await (await fetch(`${second.url}/one/`)).text()).toContain('<title>One · Stoa</title>');
});
