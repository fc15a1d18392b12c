import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Login, startLogin } from '../../infra/local/login.ts';
import { openUsers } from '../../infra/local/login-users.ts';
import { hashPassword } from '../../infra/local/password.ts';
import { signIn } from '../../infra/operator/sign-in.ts';

const redirectUri = 'http://127.0.0.1:4000/admin/';
let dataDir: string;
let login: Login;
const warned = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stoa-login-'));
  login = await startLogin({ dataDir, redirectUris: [redirectUri] });
});

afterAll(async () => {
  await login.close();
  await rm(dataDir, { recursive: true });
});

const credentials = () => ({
  issuer: login.issuer,
  clientId: login.clientId,
  redirectUri,
  username: login.account.username,
  password: login.account.password,
});

function authorizeUrl(changes: Record<string, string | undefined> = {}): URL {
  const parameters = {
    client_id: login.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid stoa/write',
    state: 's',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...changes,
  };
  const url = new URL('/auth', login.issuer);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

/** Where the provider sends the browser, and what it sets. */
async function begin(url = authorizeUrl()): Promise<{ response: Response; cookie: string; form: URL | null }> {
  const response = await fetch(url, { redirect: 'manual' });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const location = response.headers.get('location');
  return { response, cookie, form: location ? new URL(location, url) : null };
}

test('an access token looks as one of Cognito', async () => {
  const { accessToken, expiresIn } = await signIn(credentials());

  const { payload, protectedHeader } = await jwtVerify(accessToken, createRemoteJWKSet(login.jwks), {
    issuer: login.issuer,
    algorithms: ['RS256'],
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    aud: 'stoa-admin',
    client_id: 'stoa-admin',
    scope: expect.stringContaining('stoa/write'),
    token_use: 'access',
    username: 'author',
    'cognito:groups': ['author', 'moderator'],
  });
  expect(expiresIn).toBe(3600);
});

test('an ID token names the person and carries no scope', async () => {
  const { idToken } = await signIn(credentials());

  const claims = decodeJwt(idToken);
  expect(decodeProtectedHeader(idToken).alg).toBe('RS256');
  expect(claims).toMatchObject({ aud: 'stoa-admin', 'cognito:groups': ['author', 'moderator'] });
  expect(claims).not.toHaveProperty('scope');
});

test('a refresh token works once and gives the next', async () => {
  const { refreshToken = '' } = await signIn(credentials());
  const refresh = (token: string) =>
    fetch(new URL('/token', login.issuer), {
      method: 'POST',
      headers: { origin: 'http://127.0.0.1:4000' },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, client_id: login.clientId }),
    });

  const first = await refresh(refreshToken);
  const renewed = (await first.json()) as { access_token: string; refresh_token: string };
  const again = await refresh(refreshToken);

  expect(first.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:4000');
  expect(decodeJwt(renewed.access_token)).toMatchObject({ scope: 'stoa/write', client_id: 'stoa-admin' });
  expect(renewed.refresh_token).not.toBe(refreshToken);
  expect(again.status).toBe(400);
});

test('an account that was added signs in whatever the case, tells its address only when asked, and ends when removed', async () => {
  const users = openUsers(dataDir);
  const email = 'ada@example.org';
  users.save({ email, name: null, groups: ['author'], password: await hashPassword('hers') });
  const hers = { ...credentials(), username: 'Ada@Example.ORG', password: 'hers' };

  const plain = await signIn(hers);
  const asked = await signIn({ ...hers, scope: 'openid email stoa/write' });
  users.remove(email);
  const renewed = await fetch(new URL('/token', login.issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: asked.refreshToken ?? '',
      client_id: login.clientId,
    }),
  });

  const claims = decodeJwt(asked.idToken);
  expect(claims).toMatchObject({ email, email_verified: true, 'cognito:groups': ['author'] });
  expect(decodeJwt(plain.idToken)).not.toHaveProperty('email');
  expect(decodeJwt(asked.accessToken)).toMatchObject({ sub: claims.sub, username: claims.sub, token_use: 'access' });
  expect(renewed.status).toBe(400);
  await expect(signIn(hers)).rejects.toThrow('failed with 401');
});

describe('a wrong name or password does not sign in', () => {
  test.each([{ password: 'wrong' }, { password: '' }, { username: 'somebody' }])('%j', async (wrong) => {
    await expect(signIn({ ...credentials(), ...wrong })).rejects.toThrow('failed with 401');
  });

  test('and the form comes back with the name escaped', async () => {
    const { cookie, form } = await begin();
    const body = new URLSearchParams({ username: '"><script>', password: 'x' });

    const response = await fetch(form as URL, { method: 'POST', headers: { cookie }, body });

    const page = parse(await response.text());
    expect(page.querySelector('[role=alert]')?.text).toContain('wrong');
    expect(page.querySelector('#username')?.getAttribute('value')).toBe('"><script>');
    expect(page.querySelector('script')).toBeNull();
  });
});

describe('the request must be one of the admin app', () => {
  test.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with a plain challenge', { code_challenge_method: 'plain' }],
    ['for a token in the address', { response_type: 'token' }],
  ])('%s it is sent back with an error', async (_, changes) => {
    const { form } = await begin(authorizeUrl(changes));

    expect(form?.searchParams.get('error') ?? form?.hash).toMatch(/invalid_request|unsupported_response_type/);
  });

  test.each([
    ['to another site', { redirect_uri: 'http://127.0.0.1:4001/admin/' }],
    ['of another client', { client_id: 'stranger' }],
  ])('%s it is refused on the spot', async (_, changes) => {
    const { response } = await begin(authorizeUrl(changes));

    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

test('the form is a plain labelled form under a strict policy', async () => {
  const { cookie, form } = await begin();

  const response = await fetch(form as URL, { headers: { cookie } });

  const page = parse(await response.text());
  const named = page.querySelectorAll('input').map((input) => input.getAttribute('id'));
  expect(page.querySelectorAll('label').map((label) => label.getAttribute('for'))).toEqual(named);
  expect(page.querySelector('html')?.getAttribute('lang')).toBe('en');
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self' http:\/\/127\.0\.0\.1:4000; base-uri 'none'; frame-ancestors 'none'$/,
  );
});

test('another browser cannot go on with a sign-in', async () => {
  const { form } = await begin();

  const response = await fetch(form as URL);

  expect(response.status).toBe(400);
});

test('the account and the keys outlive a restart, for their owner alone', async () => {
  const again = await startLogin({ dataDir, redirectUris: [redirectUri] });
  const keysOf = async (url: URL) => (await fetch(url)).json();

  const [before, after] = [await keysOf(login.jwks), await keysOf(again.jwks)];
  await again.close();

  expect(again.account).toEqual(login.account);
  expect(after).toEqual(before);
  const files = await readdir(dataDir);
  const modes = await Promise.all(files.map(async (file) => (await stat(join(dataDir, file))).mode & 0o077));
  expect(files).toContain('login-account.json');
  expect(modes).toEqual(files.map(() => 0));
});

test('a password can be given', async () => {
  const own = await startLogin({ dataDir, redirectUris: [redirectUri], password: 'mine' });

  const tokens = await signIn({ ...credentials(), issuer: own.issuer, password: 'mine' });
  await own.close();

  expect(tokens.accessToken).toBeTruthy();
});

test('the provider says nothing on the console', () => {
  expect(warned.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
