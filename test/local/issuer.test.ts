import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustedIssuer } from '../../infra/local/issuer.ts';
import { type Login, startLogin } from '../../infra/local/login.ts';
import { signIn } from '../../infra/operator/sign-in.ts';
import { openStack, type Stack } from '../support/stack.ts';

const redirectUri = 'http://127.0.0.1:4000/admin/';
let folder: string;
let other: Login;
let stack: Stack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-issuer-'));
  other = await startLogin({ dataDir: folder, redirectUris: [redirectUri] });
  const { issuer, clientId } = other;
  stack = await openStack({ signIn: { issuer, clientId, groupsClaim: 'cognito:groups' } });
});

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await other.close();
  await rm(folder, { recursive: true });
});

const listWith = (token: string) =>
  stack.send('/api/admin/posts', { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);

test("another provider's tokens are taken, and this machine's own are foreign", async () => {
  const { issuer, clientId, account } = other;
  const { accessToken, idToken } = await signIn({ issuer, clientId, redirectUri, ...account });

  expect(await listWith(accessToken)).toBe(200);
  // 403 for the scope that an ID token has not, which the distribution shows as 404.
  expect(await listWith(idToken)).toBe(404);
  expect(await listWith(await stack.authorToken())).toBe(401);
});

test("the authors' room is told of it, and may reach it", async () => {
  const { text } = await stack.send('/admin/config.json');
  const { headers } = await stack.send('/admin/');

  expect(JSON.parse(text)).toEqual({
    issuer: other.issuer,
    clientId: 'stoa-admin',
    scope: 'openid email stoa/write',
    groupsClaim: 'cognito:groups',
  });
  expect(headers['content-security-policy']).toContain(`connect-src 'self' ${other.issuer}`);
});

test.each([
  ['http://127.0.0.1:9/', 'could not be asked'],
  ['another name', 'it calls itself'],
])('a provider that %s stops the start', async (given, reason) => {
  const issuer = given.startsWith('http') ? given : `${other.issuer}/`;

  const asked = trustedIssuer({ issuer, clientId: 'stoa', groupsClaim: 'groups', endpoints: [] }, other);

  await expect(asked).rejects.toThrow(reason);
});
