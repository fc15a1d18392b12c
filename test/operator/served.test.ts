import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureStore } from '../../infra/local/table/failures.ts';
import type { LambdaRecord } from '../../infra/local/table/lambda-event.ts';
import { acknowledged, say, writeArticle } from '../support/articles.ts';
import {
  type Folder,
  type Server,
  start,
  startCommand,
  startStoa,
  stoa,
  stoaJson,
  temporaryFolder,
} from '../support/process.ts';

let folder: Folder;
let data: string;
let server: Server;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "limits": { "address": null, "post": null, "pending": null, "throttle": null } }');
  server = await startStoa(data, { STOA_CONFIG: config });
});

afterAll(async () => {
  const ended = await server?.kill('SIGTERM');
  await folder[Symbol.asyncDispose]();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

const head = (title: string, more = '') => `title: ${title}\nauthor: Odile Brandt${more}`;
const page = async (path: string) => (await fetch(server.url + path)).text();
const status = async (path: string) => (await fetch(server.url + path)).status;
const soon = { timeout: 20_000 };

async function publish(name: string, text: string, body?: string) {
  return stoaJson<{ slug: string; status: string }[]>(data, [
    'post',
    'publish',
    await writeArticle(folder.path, name, text, body),
  ]);
}

test('articles are published, kept as drafts and scheduled at once, and the pages follow soon', async () => {
  const files = await Promise.all([
    writeArticle(folder.path, 'first', head('First')),
    writeArticle(folder.path, 'draft', head('Draft', '\ndraft: true')),
    writeArticle(folder.path, 'later', head('Later', '\ndate: 2999-01-01')),
  ]);

  const published = await stoaJson<object[]>(data, ['post', 'publish', ...files]);

  expect(published).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ slug: 'first', status: 'published', title: 'First', author: 'Odile Brandt' }),
      expect.objectContaining({ slug: 'draft', status: 'draft', date: null }),
      expect.objectContaining({ slug: 'later', status: 'scheduled', date: '2999-01-01T00:00:00.000Z' }),
    ]),
  );
  await expect.poll(() => page('/'), soon).toContain('href="/first/"');
  await expect.poll(() => page('/first/'), soon).toContain('Some words.');
  expect([await status('/draft/'), await status('/later/')]).toEqual([404, 404]);
});

test('the same slug again is a new revision; a draft of it is refused', async () => {
  const [first] = await publish('again', head('Again'), 'As it was.');
  const draft = await writeArticle(folder.path, 'again-draft', head('Again', '\ndraft: true'), 'Half a thought.');

  const [second] = await publish('again', head('Again'), 'As it is.');
  const refused = await stoa(data, ['post', 'publish', draft]);

  expect(second).toEqual(first);
  expect(refused).toEqual({
    code: 1,
    stdout: '',
    stderr: `stoa: ${draft}: again is published: withdraw it first, or take draft: true away\n`,
  });
  await expect.poll(() => page('/again/'), soon).toContain('As it is.');
});

test('an article is closed, opened and withdrawn, and what is not there is named', async () => {
  await publish('come', head('Come'));
  await expect.poll(() => page('/come/'), soon).toContain('<form');

  const closed = await stoa(data, ['post', 'close', 'come', 'nowhere', '--json']);
  await expect.poll(() => page('/come/'), soon).not.toContain('<form');
  await stoaJson(data, ['post', 'open', 'come']);
  await expect.poll(() => page('/come/'), soon).toContain('<form');
  const withdrawn = await stoa(data, ['post', 'withdraw', 'come']);

  expect(closed).toMatchObject({ code: 1, stderr: 'stoa: there is no article nowhere\n' });
  expect(JSON.parse(closed.stdout)).toEqual([expect.objectContaining({ slug: 'come', closed: true })]);
  expect(withdrawn).toEqual({ code: 0, stdout: 'withdrawn  come  open\n', stderr: '' });
  await expect.poll(() => status('/come/'), soon).not.toBe(200);
});

test('all comments that wait are listed, however many; of those named, what can be approved is', async () => {
  await publish('talk', head('Talk'));
  const words = Array.from({ length: 120 }, (_, n) => ({ name: `P${n}`, body: `Comment <b>${n}</b>` }));
  const ids = await Promise.all(words.map(async (one) => acknowledged(await say(server.url, 'talk', one))));
  const [first = '', second = '', third = ''] = ids as string[];

  const held = await stoaJson<{ id: string; author: string }[]>(data, ['comment', 'list', '--held']);
  const unread = startCommand(data, ['comment', 'list']);
  unread.child.stdout?.destroy();
  const rejected = await stoaJson(data, ['comment', 'reject', third]);
  const mixed = await stoa(data, ['comment', 'approve', first, 'no-such-comment', third, second, '--json']);

  expect(held.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(held.find(({ id }) => id === first)).toEqual({
    id: first,
    post: 'talk',
    author: 'P0',
    source: 'Comment <b>0</b>',
    html: '<p>Comment <b>0</b></p>',
    reason: 'first-time',
    status: 'pending',
    date: expect.stringMatching(/^\d{4}-.*Z$/),
    ref: null,
  });
  expect(await unread.exited).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(rejected).toEqual([{ id: third, status: 'rejected', ref: null, url: null }]);
  expect(mixed).toMatchObject({
    code: 1,
    stderr: `stoa: there is no comment no-such-comment; comment ${third} is rejected and cannot become approved\n`,
  });
  expect(JSON.parse(mixed.stdout)).toEqual([
    { id: first, status: 'approved', ref: '1-1', url: '/talk/comments/1/#comment-1-1' },
    { id: second, status: 'approved', ref: '1-2', url: '/talk/comments/1/#comment-1-2' },
  ]);
  await expect.poll(() => page('/talk/'), soon).toContain('2 comments');

  await Promise.all([stoaJson(data, ['comment', 'remove', first]), stoaJson(data, ['comment', 'spam', second])]);

  const seated = await stoaJson<object[]>(data, ['comment', 'list', '--post', 'talk']);
  expect(seated).toEqual([
    expect.objectContaining({ id: first, status: 'removed', source: '', ref: '1-1' }),
    expect.objectContaining({ id: second, status: 'spam', ref: '1-2' }),
  ]);
  await expect.poll(() => page('/talk/comments/1/'), soon).not.toContain('Comment <b>');
});

test('an author is described in the card under the article', async () => {
  await publish('card', 'title: Card\nauthor: Tomas Adeyemi');
  const link = ['--link', 'Garden=https://garden.example/', '--link', 'Mail=mailto:tomas@stoa.example'];

  const described = await stoaJson(data, ['author', 'describe', 'Tomas Adeyemi', '--bio', 'Grows beans.', ...link]);
  const refused = await stoa(data, ['author', 'describe', 'Tomas Adeyemi', '--bio', 'x', '--link', 'x=javascript:1']);

  expect(described).toMatchObject({ slug: 'tomas-adeyemi', bio: 'Grows beans.' });
  await expect.poll(() => page('/card/'), soon).toContain('Grows beans.');
  expect(await page('/card/')).toContain('href="https://garden.example/"');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^stoa: --link must be label=address [^\n]+\n$/);
});

test('replay publishes what the publisher gave up on, and says what it cannot read', async () => {
  await publish('lost', head('Lost'));
  await expect.poll(() => page('/lost/'), soon).toContain('Some words.');
  const list = await stoaJson<{ id: string; slug: string }[]>(data, ['post', 'list']);
  const Keys = { pk: { S: `POST#${list.find(({ slug }) => slug === 'lost')?.id}` }, sk: { S: 'META' } };
  const image = { ...Keys, id: { S: Keys.pk.S.slice('POST#'.length) }, places: { M: {} } };
  giveUp({ Keys, NewImage: image, OldImage: image });
  await rm(join(data, 'bucket', 'lost'), { recursive: true });
  await writeFile(join(data, 'failures', 'stray.json'), '{}');

  const dry = await stoa(data, ['replay', '--dry-run', '--json']);
  const missing = await status('/lost/');
  const replayed = await stoa(data, ['replay']);

  expect(dry).toMatchObject({
    code: 1,
    stderr: "stoa: 1 of 2 stay where they are: see their lines, and the publisher's log\n",
  });
  expect(JSON.parse(dry.stdout)).toEqual([
    expect.objectContaining({ about: ['lost'], records: 1, outcome: 'waits', attempts: 6, error: 'Error: full disk' }),
    expect.objectContaining({ name: 'stray.json', outcome: 'failed' }),
  ]);
  expect(missing).not.toBe(200);
  expect(replayed.stdout).toMatch(/^published {2}\S+Z {2,}1 record {2,}RetryAttemptsExhausted after 6 {2}lost/);
  expect(await status('/lost/')).toBe(200);
  expect(await readdir(join(data, 'failures'))).toEqual(['stray.json']);
});

/** As the event source puts it aside. */
function giveUp(images: Pick<LambdaRecord['dynamodb'], 'Keys' | 'NewImage' | 'OldImage'>): void {
  const dynamodb = { ...images, SequenceNumber: '1', ApproximateCreationDateTime: 1_790_000_000 };
  const put = failureStore(join(data, 'failures'), 'publisher', Date.now);
  put({ records: [{ dynamodb }], reason: 'RetryAttemptsExhausted', attempts: 6, error: new Error('full disk') });
}

test('republish says what it did, as JSON for a script, and shows how far it is only on a terminal', async () => {
  const [plain, json] = await Promise.all([stoa(data, ['republish']), stoa(data, ['republish', '--json'])]);

  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toMatch(/^\d+ pages of \d+ articles are as the table says\n$/);
  expect(json).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(json.stdout)).toEqual({ posts: expect.any(Number), pages: expect.any(Number) });
});

test.runIf(existsSync('/usr/bin/script'))('on a terminal, republish draws a bar', async () => {
  const command = [process.execPath, '--import', 'tsx', 'infra/operator/stoa.ts', '--data', data, 'republish'];
  const wrap =
    "require('child_process').spawnSync('/usr/bin/script',['-qec',process.argv[1],'/dev/null'],{stdio:['ignore','inherit','inherit']})";

  const { stdout } = await start(['-e', wrap, command.join(' ')]).exited;

  expect(stdout).toMatch(/republish .*articles, \d+ pages/);
  expect(stdout).toMatch(/\d+ pages of \d+ articles are as the table says/);
});

test('a token opens the authors’ API, and a wrong password is told in one line', async () => {
  const [token, wrong] = await Promise.all([
    stoa(data, ['token']),
    stoa(data, ['token'], { STOA_AUTHOR_PASSWORD: 'guess' }),
  ]);

  const headers = { authorization: `Bearer ${token.stdout.trim()}` };
  expect((await fetch(`${server.url}/api/admin/posts`, { headers })).status).toBe(200);
  expect((await fetch(`${server.url}/api/admin/posts`)).status).toBe(401);
  expect(wrong).toMatchObject({ code: 1, stdout: '' });
  expect(wrong.stderr).toMatch(/^stoa: sign-in at \S+ failed with 401: check user name and password\n$/);
});

test('what is no command ends with 2 and the way to help', async () => {
  const [unknown, nothing, none] = await Promise.all([
    stoa(data, ['publsh']),
    stoa(data, ['post', 'publish']),
    stoa(data, ['comment', 'list', '--all']),
  ]);

  expect([unknown.code, nothing.code, none.code]).toEqual([2, 2, 2]);
  expect(unknown.stderr).toMatch(/^error: unknown command 'publsh'\n.*\(add --help for what there is\)\n$/s);
  expect(nothing.stderr).toContain("missing required argument 'file'");
  expect(none.stderr).toContain("unknown option '--all'");
});

test('of several files, one that cannot be read keeps all from being published', async () => {
  const good = await writeArticle(folder.path, 'good', head('Good'));
  const bad = await writeArticle(folder.path, 'bad', head('Bad', '\nlayout: wide'));
  const twin = await writeArticle(folder.path, 'twin', head('Good'));

  const [refused, twins] = await Promise.all([
    stoa(data, ['post', 'publish', good, bad]),
    stoa(data, ['post', 'publish', good, twin]),
  ]);
  const list = await stoaJson<{ slug: string }[]>(data, ['post', 'list']);

  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^stoa: \S+bad.md: layout is not known in front matter: [^\n]+\n$/);
  expect(twins.stderr).toBe(`stoa: ${good} and ${twin} have the same slug, good: give one of them another\n`);
  expect(list.map(({ slug }) => slug)).not.toContain('good');
});
