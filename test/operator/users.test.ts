import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Added } from '../../infra/operator/accounts.ts';
import { signIn } from '../../infra/operator/sign-in.ts';
import { type Folder, type Server, startStoa, stoa, stoaJson, temporaryFolder } from '../support/process.ts';

let folder: Folder;
let data: string;
let server: Server;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'data');
  server = await startStoa(data);
});

afterAll(async () => {
  await server?.kill('SIGTERM');
  await folder[Symbol.asyncDispose]();
});

async function tokenOf(username: string, password: string): Promise<string> {
  const { login } = JSON.parse(await readFile(join(data, 'endpoint.json'), 'utf8'));
  return (await signIn({ ...login, username, password })).accessToken;
}

const articles = (token: string) =>
  fetch(`${server.url}/api/admin/posts`, { headers: { authorization: `Bearer ${token}` } });

test('who is added signs in at the running server at once, each as themselves and with their own groups', async () => {
  const ada = await stoaJson<Added>(data, [
    'user',
    'add',
    'Ada@Example.org',
    '--group',
    'author',
    '--name',
    'Ada Byrne',
  ]);
  const bob = await stoa(data, ['user', 'add', 'bob@example.org', '--group', 'moderator', '--password'], {
    STOA_AUTHOR_PASSWORD: 'of his own',
  });
  const tokens = [await tokenOf('ada@example.org', ada.password ?? ''), await tokenOf('bob@example.org', 'of his own')];

  const claims = tokens.map((token) => decodeJwt(token));
  expect(claims.map((claim) => claim['cognito:groups'])).toEqual([['author'], ['moderator']]);
  expect(claims[0]?.sub).not.toBe(claims[1]?.sub);
  expect(claims.map(({ username }) => username)).toEqual(claims.map(({ sub }) => sub));
  expect((await Promise.all(tokens.map(articles))).map(({ status }) => status)).toEqual([200, 404]);
  expect(ada).toMatchObject({ email: 'ada@example.org', name: 'Ada Byrne', groups: ['author'], created: true });
  expect(bob.stdout).toBe('bob@example.org  moderator  signs in with the password it was given\n');
});

test('adding somebody again adds the group and keeps who they are, and no password is kept as it is', async () => {
  const first = await stoaJson<Added>(data, ['user', 'add', 'cy@example.org', '--group', 'author']);
  const password = first.password ?? '';
  const before = decodeJwt(await tokenOf('cy@example.org', password));

  const again = await stoaJson<Added>(data, ['user', 'add', 'cy@example.org', '--group', 'moderator']);

  const after = decodeJwt(await tokenOf('cy@example.org', password));
  expect(again).toEqual({ ...first, groups: ['author', 'moderator'], created: false, password: undefined });
  expect(after.sub).toBe(before.sub);
  expect(after['cognito:groups']).toEqual(['author', 'moderator']);
  for (const name of await readdir(join(data, 'users'))) {
    const file = join(data, 'users', name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(password);
  }
});

test('who is removed is on the list no more, and cannot sign in', async () => {
  const { password = '' } = await stoaJson<Added>(data, ['user', 'add', 'dee@example.org', '--group', 'author']);
  const emails = async () => (await stoaJson<Added[]>(data, ['user', 'list'])).map(({ email }) => email);
  const before = await emails();

  const removed = await stoa(data, ['user', 'remove', 'Dee@example.org', 'nobody@example.org']);

  expect(removed).toEqual({
    code: 1,
    stdout: 'removed  dee@example.org\n',
    stderr: 'stoa: there is no account nobody@example.org\n',
  });
  expect(before).toContain('dee@example.org');
  expect(await emails()).not.toContain('dee@example.org');
  await expect(tokenOf('dee@example.org', password)).rejects.toThrow('failed with 401');
});

test('what cannot be an account is refused in words', async () => {
  const [email, group, none, password] = await Promise.all([
    stoa(data, ['user', 'add', 'ada', '--group', 'author']),
    stoa(data, ['user', 'add', 'ada@example.org', '--group', 'king']),
    stoa(data, ['user', 'add', 'ada@example.org']),
    stoa(data, ['user', 'add', 'ada@example.org', '--group', 'author', '--password']),
  ]);

  expect(email).toMatchObject({
    code: 1,
    stderr: 'stoa: the account must be an address like name@example.org, got "ada"\n',
  });
  expect(group.stderr).toContain("argument 'king' is invalid. Must be author or moderator.");
  expect(none.stderr).toContain("required option '--group <group>' not specified");
  expect([group.code, none.code]).toEqual([2, 2]);
  expect(password).toMatchObject({
    code: 1,
    stderr: 'stoa: --password takes the password from STOA_AUTHOR_PASSWORD, which is not set\n',
  });
});
