import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { expect, inject, test } from 'vitest';
import { writeArticle } from '../support/articles.ts';
import { stoa as onOneMachine } from '../support/process.ts';
import { cloudFormation, cognito, dynamoDb, outputsOf, resourcesOf, s3 } from './account.ts';
import { bootstrap, deploy, destroy, OTHER_STAGE, SITE, STATE } from './cdk.ts';
import { type Deployed, findDeployed, parameter, secretOf } from './deployed.ts';
import { signIn, type Tokens } from './login.ts';
import { makeNextVersion, NEWS } from './next-version.ts';
import { stoa } from './operator.ts';
import { sayAsJson, sayByForm, visit } from './visitor.ts';

const DEPLOY_MS = 300_000;
const soon = { timeout: 30_000 };

let site: Deployed;
/** What there was before the second deployment. */
let before: { state: Record<string, string>; stylesheet: string };
/** Where the newer version of the project is. */
let newer: string;
/** The receipt of the first comment: where it is, and what opens it. */
let receipt: { path: string; cookie: string };

test('an empty account is bootstrapped, and takes the stacks', { timeout: 2 * DEPLOY_MS }, async () => {
  await timed('bootstrap', bootstrap());

  await timed('first deployment', deploy(await settings('The Painted Porch')));

  site = await findDeployed();
  expect(site.host).toMatch(/\.cloudfront\.net$/);
  expect(site.secret).toMatch(/^[A-Za-z0-9]{64}$/);
});

test('the deployment has made the first pages, with assets that are there', async () => {
  await expect.poll(() => page('/'), soon).toContain('<title>The Painted Porch</title>');
  const front = await visit(site.host, '/');
  const missing = await visit(site.host, '/nothing/');

  expect(front.headers['content-security-policy']).toMatch(/style-src 'self' 'sha256-/);
  expect(missing.status).toBe(404);
  expect(missing.text).toContain('Nothing stands here');
  expect((await visit(site.host, await stylesheet())).headers).toMatchObject({
    'content-type': 'text/css',
    'cache-control': 'public, max-age=31536000, immutable',
  });
});

test('an article that is published by command is in the bucket, and on the site', async () => {
  const file = await write('colonnade', 'title: Colonnade\nauthor: Ada Byrne', 'Pull up a chair.');

  await stoa(['post', 'publish', file]);

  await expect.poll(() => stored('colonnade/index.html'), soon).toContain('Pull up a chair.');
  await expect.poll(() => page('/'), soon).toContain('href="/colonnade/"');
  expect(await page('/colonnade/')).toContain('no comments yet');
  expect((await visit(site.host, '/colonnade')).headers.location).toBe('/colonnade/');
  expect(JSON.parse(await page('/api/posts'))).toMatchObject({ posts: [{ slug: 'colonnade' }] });
});

test('nobody gets to the API around the distribution', async () => {
  expect([await statusWith(), await statusWith('a guess'), await statusWith(site.secret)]).toEqual([403, 403, 200]);
});

test('a comment sent by the form is held, and its writer alone sees the receipt', async () => {
  const words = { name: 'Zeno', email: 'zeno@citium.example', body: 'I sat <b>here</b> first.' };

  const sent = await sayByForm(site.host, 'colonnade', words);

  expect(sent.status).toBe(303);
  receipt = {
    path: sent.headers.location ?? '',
    cookie: sent.cookies.map((each) => each.split(';')[0]).join('; '),
  };
  expect(receipt.cookie).not.toBe('');
  expect(await receiptAt(site.host)).toContain('I sat <b>here</b> first.');
  expect((await visit(site.host, receipt.path, { headers: { accept: 'text/html' } })).text).not.toContain('first.');
});

test('so is a comment sent as JSON; one from another site is refused', async () => {
  const words = { name: 'Chrysippus', email: 'chrysippus@soli.example', body: 'The dog and the cart.' };

  const sent = await sayAsJson(site.host, 'colonnade', words);
  const foreign = await visit(site.host, '/api/posts/colonnade/comments', {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
    body: JSON.stringify(words),
  });

  expect(sent.status).toBe(201);
  expect(JSON.parse(sent.text)).toMatchObject({ status: 'pending', reason: 'first-time' });
  expect(foreign.status).not.toBe(201);
});

test('both wait, and both are in the page once they are approved by command', async () => {
  const waiting = await held();
  const without = await page('/colonnade/');

  await stoa(['comment', 'approve', ...waiting.map(({ id }) => id)]);

  expect(waiting.map(({ author }) => author).toSorted()).toEqual(['Chrysippus', 'Zeno']);
  expect(without).not.toContain('Zeno');
  await expect.poll(() => stored('colonnade/index.html'), soon).toContain('2 comments');
  expect(await page('/colonnade/')).toContain('I sat <b>here</b> first.');
  expect(await page('/colonnade/')).toContain('The dog and the cart.');
});

test('an article with a date to come waits for its hour', async () => {
  const date = new Date(Date.now() + 90_000).toISOString();
  const file = await write('hour', `title: The hour\nauthor: Ada Byrne\ndate: ${date}`);

  const published = await stoa<{ status: string }[]>(['post', 'publish', file]);

  expect(published).toMatchObject([{ status: 'scheduled' }]);
  expect((await visit(site.host, '/the-hour/')).status).toBe(404);
});

test('an article that is withdrawn gives way to a page that says so', async () => {
  const file = await write('hasty', 'title: Hasty\nauthor: Ada Byrne', 'Too soon.');
  await stoa(['post', 'publish', file]);
  await expect.poll(() => page('/hasty/'), soon).toContain('Too soon.');

  await stoa(['post', 'withdraw', 'hasty']);

  await expect.poll(() => page('/hasty/'), soon).not.toContain('Too soon.');
  expect(await stored('hasty/index.html')).toContain('Nothing stands here');
  await expect.poll(() => page('/'), soon).not.toContain('href="/hasty/"');
});

test('the routes of authors refuse whoever has no token, a forged one or an ID token, and who is no author', async () => {
  const ada = await member('ada@stoa.example', 'author');
  const mod = await member('mod@stoa.example', 'moderator');
  const [head, claims, signature = ''] = ada.access_token.split('.');
  const forged = [head, claims, signature.split('').reverse().join('')].join('.');

  const refused = [];
  for (const token of ['', forged, ada.id_token, mod.access_token]) refused.push(await statusFor(token));

  expect(refused).toEqual([401, 401, 403, 403]);
  expect(await statusFor(ada.access_token)).toBe(200);
  expect(await statusFor(mod.access_token, '/api/admin/comments')).toBe(200);
  const headers = { authorization: `Bearer ${ada.access_token}` };
  const listed = await visit(site.host, '/api/admin/posts', { headers });
  expect(JSON.parse(listed.text)).toMatchObject({ posts: [{ slug: 'colonnade' }] });
});

test('an author writes, schedules, publishes, renames and withdraws, through the API as the room does it', async () => {
  const ada = asMember(await signIn(site, 'ada@stoa.example', PASSWORD));
  const article = { title: 'The stoic and the room', author: 'Ada Byrne', source: 'It has *two* doors.' };
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

  const draft = await ada('POST', '/posts', article);
  const path = `/posts/${draft.id}`;
  const { http: _, address: __, ...words } = await ada('GET', '/site');
  const previewed = await ada('POST', '/previews', { ...article, site: words, card: null });
  const revised = await ada('PUT', path, { ...article, source: 'It has *three* doors.', ver: draft.ver });
  const late = await ada('PUT', path, { ...article, source: 'It has none.', ver: draft.ver });
  const scheduled = await ada('PUT', `${path}/publication`, { ver: revised.ver, date: tomorrow });
  const before = (await visit(site.host, '/the-stoic-and-the-room/')).status;
  const published = await ada('PUT', `${path}/publication`, { ver: scheduled.ver, date: new Date().toISOString() });

  expect(draft).toMatchObject({ http: 201, status: 'draft', slug: 'the-stoic-and-the-room' });
  expect(previewed.html).toContain('<em>two</em>');
  expect(late).toMatchObject({ http: 409, code: 'post.conflict', current: { ver: revised.ver } });
  expect([scheduled.status, before, published.status]).toEqual(['scheduled', 404, 'published']);
  await expect.poll(() => page('/the-stoic-and-the-room/'), soon).toContain('<em>three</em>');
  expect((await ada('GET', `${path}/revisions`)).revisions).toHaveLength(2);

  const renamed = await ada('PUT', `${path}/slug`, { slug: 'the-room', ver: published.ver });
  await expect.poll(() => page('/the-room/'), soon).toContain('<em>three</em>');
  await expect.poll(async () => (await visit(site.host, '/the-stoic-and-the-room/')).status, soon).toBe(301);
  expect((await visit(site.host, '/the-stoic-and-the-room/')).headers.location).toBe('/the-room/');

  expect(renamed).toMatchObject({ http: 200, slug: 'the-room' });
  expect(await ada('DELETE', `${path}/publication`)).toMatchObject({ http: 200, status: 'withdrawn' });
  await expect.poll(async () => (await visit(site.host, '/the-room/')).status, soon).toBe(404);
  expect(await stored('the-room/index.html')).toContain('Nothing stands here');
});

test('a moderator reads the queue with the rule that held each, approves, thinks again, tries another rule', async () => {
  const mod = asMember(await signIn(site, 'mod@stoa.example', PASSWORD));
  const words = { name: 'Cleanthes', email: 'cleanthes@assos.example', body: 'I carry water at night.' };
  await sayAsJson(site.host, 'colonnade', words);

  const { comments } = await mod('GET', '/comments?status=pending');
  const [{ id, status, ver }] = comments;
  const approved = await mod('POST', '/comments/moves', { comments: [{ id, status, ver }], to: 'approved' });
  await expect.poll(() => stored('colonnade/index.html'), soon).toContain('I carry water at night.');
  const undone = await mod('POST', '/comments/moves', { comments: approved.moved, to: 'pending' });
  await expect.poll(() => stored('colonnade/index.html'), soon).not.toContain('I carry water at night.');

  expect(comments).toMatchObject([{ author: { name: 'Cleanthes' }, reason: 'first-time' }]);
  expect([approved.refused, undone.refused]).toEqual([[], []]);
  expect(await mod('GET', '/queues')).toMatchObject({ pending: 1 });
  const { rules } = await mod('GET', '/rules');
  const tried = await mod('POST', '/rules/trial', { rules: { ...rules, firstTime: false } });
  expect(tried).toMatchObject({ http: 200, looked: expect.any(Number) });
  expect(tried.differs.length).toBeGreaterThan(0);
  expect(await mod('POST', '/comments/moves', { comments: undone.moved, to: 'rejected' })).toMatchObject({
    refused: [],
  });
});

test('an author’s picture has a form signed for it, and becomes copies that are served, by the deployed function', async () => {
  const ada = asMember(await signIn(site, 'ada@stoa.example', PASSWORD));
  const Body = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#9a3d20' } })
    .png()
    .toBuffer();
  const { id, url, fields } = await ada('POST', '/images', { type: 'image/png', bytes: Body.length, alt: 'A porch' });
  const [Bucket = ''] = new URL(url).host.split('.s3.');

  // As the account's owner: the emulator takes no form.
  await s3.send(new PutObjectCommand({ Bucket, Key: fields.key, Body, ContentType: fields['content-type'] }));

  expect(fields).toMatchObject({ key: id, 'content-type': 'image/png', 'x-amz-signature': expect.any(String) });
  await expect.poll(() => ada('GET', `/images/${id}`), soon).toMatchObject({ state: 'ready', width: 600, height: 400 });
  const copy = await visit(site.host, `/media/${id}/480.avif`);
  expect([copy.status, copy.headers['content-type']]).toEqual([200, 'image/avif']);
});

test('a newer version under another title makes the pages anew, and keeps state and the older styles', {
  timeout: DEPLOY_MS,
}, async () => {
  before = { state: await kept(), stylesheet: await stylesheet() };
  newer = await makeNextVersion(inject('folder'));

  await timed('second deployment', deploy(await settings('The Garden', 2), { project: newer }));

  expect(Object.keys(before.state)).toEqual(expect.arrayContaining(STATEFUL));
  expect(await kept()).toEqual(before.state);
  await expect.poll(() => page('/'), soon).toContain('<title>The Garden</title>');
  await expect.poll(() => page('/colonnade/'), soon).toContain(NEWS);
  expect(await page('/colonnade/')).toContain('I sat <b>here</b> first.');
  await expect.poll(stylesheet, soon).not.toBe(before.stylesheet);
  expect(await statusesOf(before.stylesheet, await stylesheet())).toEqual([200, 200]);
});

test('with it came a new origin secret, and the one before is still good', async () => {
  const secrets = await Promise.all(
    Object.values(await resourcesOf(SITE, 'AWS::SecretsManager::Secret')).map(secretOf),
  );

  expect(secrets).toContain(site.secret);
  expect(new Set(secrets)).toHaveLength(2);
  for (const each of secrets) expect(await statusWith(each)).toBe(200);
  expect((await visit(site.host, '/api/posts')).status).toBe(200);
});

test('a deployment without a change changes nothing', { timeout: DEPLOY_MS }, async () => {
  const resources = await Promise.all([resourcesOf(STATE), resourcesOf(SITE)]);

  const said = await timed('deployment without a change', deploy(await settings('The Garden', 2), { project: newer }));

  expect(said.match(/\(no changes\)/g)).toHaveLength(2);
  expect(await Promise.all([resourcesOf(STATE), resourcesOf(SITE)])).toEqual(resources);
});

test('the older version deployed over the newer one is a working site again', { timeout: DEPLOY_MS }, async () => {
  const words = { name: 'Zeno', email: 'zeno@citium.example', body: 'Back to the porch.' };
  const newerStylesheet = await stylesheet();

  await timed('rollback', deploy(await settings('The Garden', 2)));

  await expect.poll(() => page('/colonnade/'), soon).not.toContain(NEWS);
  expect(await page('/colonnade/')).toContain('I sat <b>here</b> first.');
  await expect.poll(stylesheet, soon).toBe(before.stylesheet);
  expect(await statusesOf(before.stylesheet, newerStylesheet)).toEqual([200, 200]);
  expect(await kept()).toEqual(before.state);
  expect((await sayAsJson(site.host, 'colonnade', words)).status).toBe(201);
  await stoa(['comment', 'approve', ...(await held()).map(({ id }) => id)]);
  await expect.poll(() => stored('colonnade/index.html'), soon).toContain('Back to the porch.');
});

test('the hour of that article has come, and the schedule has published it', { timeout: 150_000 }, async () => {
  await expect.poll(() => page('/the-hour/'), { timeout: 120_000 }).toContain('Some words.');
});

test('the whole site is made anew by command, by the deployed function', async () => {
  expect(await stoa(['republish'])).toMatchObject({ posts: 4 });
});

test('what is exported from the account is the same site on one machine', { timeout: 120_000 }, async () => {
  const [dir, keys, data] = ['export', 'keys.json', 'restored'].map((name) => join(inject('folder'), name));
  const exported = await stoa<Record<string, number>>(['export', `${dir}`, '--secrets', `${keys}`]);

  const restored = await onOneMachine(`${data}`, ['restore', `${dir}`, '--secrets', `${keys}`, '--json'], {
    STOA_CONFIG: await settings('The Garden', 2, { mail: null }),
  });

  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(restored.stdout)).toEqual(exported);
  for (const key of PAGES) expect(await readFile(join(`${data}`, 'bucket', key), 'utf8')).toBe(await stored(key));
  const { identityKey } = JSON.parse(await readFile(join(`${data}`, 'secrets.json'), 'utf8'));
  expect(identityKey).toBe(await parameter(site.identity));
});

test('and the same site in another stage, where receipts still open', { timeout: 2 * DEPLOY_MS }, async () => {
  const [dir, keys] = ['export', 'keys.json'].map((name) => join(inject('folder'), name));
  await timed('deployment of another stage', deploy(await settings('The Garden'), { stage: OTHER_STAGE }));
  const other = await findDeployed(OTHER_STAGE);

  const restored = await stoa(['restore', `${dir}`, '--secrets', `${keys}`], {}, OTHER_STAGE);

  expect(restored).toEqual(JSON.parse(await readFile(join(`${dir}`, 'manifest.json'), 'utf8')).counts);
  for (const key of PAGES) {
    const kept = await stored(key);
    await expect.poll(() => stored(key, other.bucket).catch(() => 'not there yet'), soon).toBe(kept);
  }
  expect(await receiptAt(other.host)).toContain('I sat <b>here</b> first.');
});

test('the site is destroyed; what holds state refuses until its protection is lifted', {
  timeout: DEPLOY_MS,
}, async () => {
  await timed('destruction of the site', destroy(SITE));

  await expect(destroy(STATE)).rejects.toThrow(/TerminationProtection/);

  await expect(outputsOf(SITE)).rejects.toThrow('does not exist');
  expect(Object.keys(await kept())).toEqual(expect.arrayContaining(STATEFUL));
});

test('destroyed itself, it leaves table, pages, accounts and key', { timeout: DEPLOY_MS }, async () => {
  const { table: TableName, pool: UserPoolId, identity } = site;
  await cloudFormation.send(
    new UpdateTerminationProtectionCommand({ StackName: STATE, EnableTerminationProtection: false }),
  );

  await timed('destruction of the state', destroy(STATE));

  await expect(outputsOf(STATE)).rejects.toThrow('does not exist');
  expect((await dynamoDb.send(new DescribeTableCommand({ TableName }))).Table?.ItemCount).toBeGreaterThan(0);
  expect(await stored('colonnade/index.html')).toContain('I sat <b>here</b> first.');
  expect((await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool?.Id).toBe(UserPoolId);
  expect(await parameter(identity)).toMatch(/^[0-9a-f]{64}$/);
});

const page = async (path: string) => (await visit(site.host, path)).text;

/** The stylesheet of the version that made the pages last: the page for what is missing links it. */
const stylesheet = async () => /\/assets\/[\w.]+\.css/.exec(await page('/nothing/'))?.[0] ?? 'none';

const statusesOf = async (...paths: string[]) =>
  Promise.all(paths.map(async (path) => (await visit(site.host, path)).status));

const held = () => stoa<{ id: string; author: string }[]>(['comment', 'list', '--held']);

const stored = async (Key: string, Bucket = site.bucket) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

/** What is compared of two sites. */
const PAGES = ['colonnade/index.html', 'colonnade/comments/1/index.html', 'hasty/index.html', 'index.html'];

/** What the writer of the first comment is shown there. */
const receiptAt = async (host: string) =>
  (await visit(host, receipt.path, { headers: { cookie: receipt.cookie, accept: 'text/html' } })).text;

/** What the API answers to whoever comes with such a secret, around the distribution. */
const statusWith = async (secret?: string) =>
  (await visit(site.api, '/api/posts', { headers: secret ? { 'x-stoa-origin': secret } : {} })).status;

/** What the API answers to whoever holds such a token; the site shows its 403 as what is not there. */
const statusFor = async (token: string, path = '/api/admin/posts') => {
  const headers = { 'x-stoa-origin': site.secret, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  return (await visit(site.api, path, { headers })).status;
};

const PASSWORD = 'Under-the-colonnade-1';

/** Gets an account by command, and signs in. */
async function member(email: string, group: string): Promise<Tokens> {
  await stoa(['user', 'add', email, '--group', group, '--password'], { STOA_AUTHOR_PASSWORD: PASSWORD });
  return signIn(site, email, PASSWORD);
}

/** Sends what the authors' room sends, with `http` the answer's status. */
function asMember({ access_token }: Tokens) {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it.
  return async (method: string, path: string, body?: unknown): Promise<any> => {
    const { status, text } = await visit(site.host, `/api/admin${path}`, {
      method,
      headers: {
        authorization: `Bearer ${access_token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json', origin: `https://${site.host}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { http: status, ...JSON.parse(text || '{}') };
  };
}

/** A JSON file of settings for the site with this title. */
async function settings(title: string, originSecret = 1, more: object = {}): Promise<string> {
  const path = join(inject('folder'), 'stoa.json');
  await writeFile(path, JSON.stringify({ site: { title }, aws: { originSecret }, ...more }));
  return path;
}

const write = (name: string, head: string, body?: string) => writeArticle(inject('folder'), name, head, body);

const STATEFUL = ['AccountsBE8A900E', 'Failures8A3E1A2F', 'IdentityKey', 'Pages127DFD1A', 'TableCD117FA1'];

/** Physical ids of what is never to be replaced. */
const kept = () =>
  resourcesOf(STATE, 'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'Custom::IdentityKey');

/** How long it took is told, and held to nothing. */
async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const start = performance.now();
  return work.finally(() => process.stdout.write(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`));
}
