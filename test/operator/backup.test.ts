import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKey } from '../../functions/table/keys.ts';
import { PLACE } from '../../infra/operator/backup/kinds.ts';
import { acknowledged, say, writeArticle } from '../support/articles.ts';
import { liveIn } from '../support/lived-in.ts';
import { type Folder, startCommand, startStoa, stoa, stoaJson, temporaryFolder } from '../support/process.ts';
import { tableOf } from '../support/table-of.ts';

let folder: Folder;
let source: string;
let dump: string;
let secrets: string;
let env: { STOA_CONFIG: string };
/** Two comments of Zeno's: one that was approved, one that waits. */
let zeno: { cookie: string; approved: string; waits: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = join(folder.path, 'stoa.json');
  const limits = { address: null, post: null, pending: null, throttle: null };
  await writeFile(config, JSON.stringify({ limits, proof: null }));
  env = { STOA_CONFIG: config };
  [source, dump, secrets] = ['source', 'dump', 'secrets.json'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  await converse();
  await liveIn(source, config);
  await stoaJson(source, ['republish'], env);
  await stoaJson(source, ['export', dump, '--secrets', secrets], env);
}, 120_000);

afterAll(() => folder[Symbol.asyncDispose]());

async function converse(): Promise<void> {
  await using server = await startStoa(source, env);
  await stoaJson(
    source,
    ['post', 'publish', await writeArticle(folder.path, 'porch', 'title: Porch\nauthor: Odile Brandt')],
    env,
  );
  const first = await say(server.url, 'porch', { name: 'Zeno', body: 'I sat here first.' }, { form: true });
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const approved = (await acknowledged(first)) ?? '';
  await stoaJson(source, ['comment', 'approve', approved], env);
  const links = 'https://one.example https://two.example https://three.example';
  const waits = await acknowledged(await say(server.url, 'porch', { name: 'Zeno', body: links }, { cookie }));
  zeno = { cookie, approved, waits: waits ?? '' };
  await server.kill('SIGTERM');
}

/** The files of a folder, each as text that is the same for the same bytes. */
async function filesIn(dir: string): Promise<Record<string, string>> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (path: string) => [relative(dir, path), await readFile(path, 'latin1')] as const;
  return Object.fromEntries(await Promise.all(paths.toSorted().map(read)));
}

/** Pages and pictures; what a server puts there besides comes with the server. */
async function bucketOf(data: string): Promise<Record<string, string>> {
  const all = Object.entries(await filesIn(join(data, 'bucket')));
  return Object.fromEntries(all.filter(([key]) => !/^(assets|admin)\//.test(key)));
}

async function expectSame(data: string): Promise<void> {
  const [pages, expected] = await Promise.all([bucketOf(data), bucketOf(source)]);
  expect(Object.keys(pages)).toEqual(Object.keys(expected));
  expect(pages).toEqual(expected);
  expect(await lasting(data)).toEqual(await lasting(source));
}

/** What the table holds, without what passes. */
async function lasting(data: string): Promise<Record<string, unknown>> {
  const items = await tableOf(data);
  const last = items.filter((item) => PLACE[parseKey(item).kind] !== 'passing');
  return Object.fromEntries(
    last.map(({ by, req, ...item }) => [`${item.pk} ${item.sk}`, item.pk.startsWith('SLUG#') ? item.post : item]),
  );
}

const restore = (data: string, ...more: string[]) => stoa(data, ['restore', dump, '--secrets', secrets, ...more], env);

test('an empty folder becomes the same site, byte by byte, and the same table', async () => {
  const data = join(folder.path, 'same');

  const restored = await restore(data);

  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(restored.stdout).toMatch(/^restored\s+1[89]\s+articles and pages$/m);
  await expectSame(data);
});

test('nobody hears of old comments again', async () => {
  const data = join(folder.path, 'same');

  expect(await readdir(join(data, 'outbox'))).toEqual([]);
  expect((await tableOf(data)).filter(({ pk }) => pk.startsWith('OUTBOX#'))).toEqual([]);
});

test('on what was restored, receipts open, regulars are known, what waited is approved, old addresses lead on', async () => {
  const data = join(folder.path, 'same');
  await using server = await startStoa(data, { ...env, STOA_SAMPLE: 'on' });
  const receipt = async (id: string, cookie: string) =>
    (await fetch(`${server.url}/api/comments/${id}`, { headers: { cookie, accept: 'text/html' } })).text();
  const page = async (path: string) => (await fetch(server.url + path)).text();

  expect(await receipt(zeno.approved, zeno.cookie)).toContain('I sat here first.');
  expect(await receipt(zeno.waits, zeno.cookie)).toContain('https://two.example');
  expect(await receipt(zeno.approved, '')).not.toContain('I sat here first.');

  const again = await say(server.url, 'porch', { name: 'Zeno', body: 'I sat here first.' }, { cookie: zeno.cookie });
  const known = await say(server.url, 'porch', { name: 'Zeno', body: 'And still do.' }, { cookie: zeno.cookie });
  expect(await again.json()).toMatchObject({ id: zeno.approved, status: 'approved' });
  expect(await known.json()).toMatchObject({ status: 'approved' });

  await stoaJson(data, ['comment', 'approve', zeno.waits], env);
  await expect.poll(() => page('/porch/'), { timeout: 20_000 }).toContain('https://two.example');
  expect(await page('/author/ada-byrne/')).toContain('Counts chairs.');
  const moved = await fetch(`${server.url}/moved/`, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('location')]).toEqual([301, '/moved-on-again/']);
  expect((await fetch(`${server.url}/media/p1/640.avif`)).headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${server.url}/the-bench/`)).status).toBe(404);
}, 60_000);

test('killed while it writes items, and while it makes pages, it is run again and ends the same', async () => {
  const data = join(folder.path, 'killed');
  const moments = [
    () => linesIn(join(data, 'table')).then((lines) => lines > 100),
    () => readdir(join(data, 'bucket')).then((names) => names.length > 3),
  ];
  for (const reached of moments) {
    await using command = startCommand(data, ['restore', dump, '--secrets', secrets], env);
    await expect.poll(() => reached().catch(() => false), { timeout: 30_000, interval: 5 }).toBe(true);
    expect(await command.kill('SIGKILL')).toMatchObject({ code: null, stdout: '' });
  }
  const other = join(folder.path, 'other-dump');
  await stoaJson(source, ['export', other], env);
  const refused = await stoa(data, ['restore', other], env);

  const ended = await restore(data);

  expect(refused.stderr).toMatch(/^stoa: this Stoa holds a part of another export, made [^\n]+\n$/);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  await expectSame(data);
}, 90_000);

async function linesIn(dir: string): Promise<number> {
  const files = Object.entries(await filesIn(dir)).filter(([path]) => path.startsWith('stream'));
  return files.reduce((sum, [, text]) => sum + text.split('\n').length, 0);
}

test('an export of what was restored is the same export, but for the moment', async () => {
  const data = join(folder.path, 'same-again');
  const again = join(folder.path, 'dump-again');
  await restore(data);

  await stoaJson(data, ['export', again], env);

  const sorted = async (dir: string) =>
    Object.entries(await filesIn(dir))
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, text]) => [path, path.endsWith('.jsonl') ? text.split('\n').toSorted() : text]);
  expect(await sorted(again)).toEqual(await sorted(dump));
});

test('an export is for its owner alone, as are the secrets, which are in no other file', async () => {
  const keys: string[] = Object.values(JSON.parse(await readFile(secrets, 'utf8')));
  const files = await filesIn(dump);
  const modes = await Promise.all([...Object.keys(files).map((path) => join(dump, path)), secrets].map(modeOf));

  expect(new Set(modes)).toEqual(new Set([0o600]));
  expect(await modeOf(dump)).toBe(0o700);
  expect(keys).toHaveLength(3);
  for (const key of keys) expect(Object.values(files).filter((text) => text.includes(key))).toEqual([]);
});

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('refused in one line, with nothing written, is', () => {
  const refusals: [string, (dir: string) => Promise<unknown>, RegExp][] = [
    [
      'an export that was stopped',
      (dir) => rm(join(dir, 'manifest.json')),
      /is no whole export: it has no manifest\.json/,
    ],
    [
      'a file that was changed',
      (dir) => writeFile(join(dir, 'posts/porch.md'), '---\n---\n'),
      /posts\/porch\.md is not as it was exported/,
    ],
    [
      'a file that is missing',
      (dir) => rm(join(dir, 'people.jsonl')),
      /people\.jsonl of the export cannot be read: it is missing/,
    ],
    [
      'a newer format',
      (dir) => change(dir, { format: 2 }),
      /is an export of format 2, and this version reads 1: restore with a newer one/,
    ],
    [
      'a file elsewhere',
      (dir) => change(dir, { files: [{ path: '../x', bytes: 0, sha256: '' }] }),
      /manifest\.json is spoilt: files\.0\.path: leads out of the folder/,
    ],
    [
      'an export under other keys',
      async () => undefined,
      /has other keys than the one that was exported: give them with --secrets FILE/,
    ],
    [
      'another file in place of the secrets',
      async (dir) => ['--secrets', join(dir, 'manifest.json')],
      /does not hold the secrets of an export/,
    ],
  ];
  test.each(refusals)('%s', async (name, spoil, words) => {
    const dir = join(folder.path, `spoilt ${name}`);
    const data = join(folder.path, `data ${name}`);
    await cp(dump, dir, { recursive: true });
    const more = (await spoil(dir)) ?? [];

    const refused = await stoa(data, ['restore', dir, ...[more].flat().map(String)], env);

    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(words) });
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(await lasting(data)).toEqual({});
  });

  const change = async (dir: string, values: object) => {
    const path = join(dir, 'manifest.json');
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...values }));
  };

  test('a Stoa that holds something, and a folder or a file that is there', async () => {
    const full = await restore(source);
    const taken = await stoa(source, ['export', dump], env);
    const file = await stoa(source, ['export', join(folder.path, 'third'), '--secrets', secrets], env);

    expect(full.stderr).toMatch(/^stoa: this Stoa is not empty \(there is [^\n]+\): restore into a new one[^\n]*\n$/);
    expect(taken.stderr).toMatch(/^stoa: \S+ is not empty: export to a new folder[^\n]*\n$/);
    expect(file.stderr).toMatch(/^stoa: the secrets cannot be written to \S+: there is such a file[^\n]*\n$/);
  });
});

test('without the secrets the site is the same all the same, when that is what is asked for', async () => {
  const data = join(folder.path, 'strangers');

  const restored = await stoa(data, ['restore', dump, '--without-secrets'], env);

  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(await bucketOf(data)).toEqual(await bucketOf(source));
});

test('an export of a time when articles were kept without their HTML becomes the same site', async () => {
  const old = join(folder.path, 'old-dump');
  const data = join(folder.path, 'from-old');
  await cp(dump, old, { recursive: true });
  const left = await takeHtmlAway(old);

  const restored = await stoa(data, ['restore', old, '--secrets', secrets], env);

  expect(left).toBeGreaterThan(15);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(await bucketOf(data)).toEqual(await bucketOf(source));
});

/** Gives how many lines were there. */
async function takeHtmlAway(dir: string): Promise<number> {
  const path = join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as {
    files: { path: string; bytes: number; sha256: string }[];
  };
  let taken = 0;
  for (const file of manifest.files.filter(({ path }) => path.endsWith('/revisions.jsonl'))) {
    const lines = (await readFile(join(dir, file.path), 'utf8')).split('\n');
    const kept = lines.filter((line) => !line.includes('"sk":"HTML#'));
    taken += lines.length - kept.length;
    await writeFile(join(dir, file.path), kept.join('\n'));
    file.bytes = Buffer.byteLength(kept.join('\n'));
    file.sha256 = createHash('sha256').update(kept.join('\n')).digest('hex');
  }
  await writeFile(path, JSON.stringify(manifest));
  return taken;
}
