import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authorizer, jwtAuthorizer } from '../../infra/local/authorizer.ts';

const NOW = Date.UTC(2026, 0, 1);
const seconds = NOW / 1000;
const url = 'https://issuer.example';

let keys: CryptoKeyPair;
let stranger: CryptoKeyPair;
let authorize: Authorizer;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' };
  const issuer = { url, audience: 'stoa-admin', keys: createLocalJWKSet({ keys: [jwk] }) };
  authorize = jwtAuthorizer(issuer, () => NOW);
});

const good: JWTPayload = {
  iss: url,
  sub: 'u1',
  client_id: 'stoa-admin',
  scope: 'openid stoa/write',
  iat: seconds - 10,
  exp: seconds + 10,
  'cognito:groups': ['author', 'moderator'],
};

function sign(changes: Record<string, unknown> = {}, key = keys.privateKey): Promise<string> {
  const payload = JSON.parse(JSON.stringify({ ...good, ...changes }));
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
}

async function statusOf(authorization: string | undefined, scope = 'stoa/write'): Promise<number> {
  const result = await authorize(authorization, scope);
  return 'status' in result ? result.status : 200;
}

test('claims are handed on as strings', async () => {
  const result = await authorize(`Bearer ${await sign({ admin: true })}`, 'stoa/write');

  expect(result).toEqual({
    claims: {
      iss: url,
      sub: 'u1',
      client_id: 'stoa-admin',
      scope: 'openid stoa/write',
      iat: String(seconds - 10),
      exp: String(seconds + 10),
      'cognito:groups': '[author moderator]',
      admin: 'true',
    },
    scopes: ['openid', 'stoa/write'],
  });
});

describe('claims decide', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['the good one', {}, 200],
    ['an audience', { aud: 'stoa-admin', client_id: undefined }, 200],
    ['an audience among others', { aud: ['x', 'stoa-admin'] }, 200],
    ['scp as a list', { scope: undefined, scp: ['stoa/write'] }, 200],
    ['expired', { exp: seconds - 1 }, 401],
    ['without expiry', { exp: undefined }, 401],
    ['not valid yet', { nbf: seconds + 5 }, 401],
    ['issued in the future', { iat: seconds + 5 }, 401],
    ['of another issuer', { iss: 'https://other.example' }, 401],
    ['for another audience', { aud: 'other' }, 401],
    ['for another client', { client_id: 'other' }, 401],
    ['for nobody', { client_id: undefined }, 401],
    ['without scope', { scope: undefined }, 403],
    ['with a longer scope', { scope: 'stoa/write-all' }, 403],
  ])('%s', async (_, changes, status) => {
    expect(await statusOf(`Bearer ${await sign(changes)}`)).toBe(status);
  });
});

describe('only a bearer token in its header counts', () => {
  test.each([
    ['nothing', () => undefined],
    ['an empty header', () => ''],
    ['a bare token', (token: string) => token],
    ['basic', (token: string) => `Basic ${token}`],
    ['two tokens', (token: string) => `Bearer ${token},Bearer ${token}`],
    ['garbage', () => 'Bearer abc'],
    ['three dots', () => 'Bearer a.b.c'],
  ])('%s', async (_, header) => {
    expect(await statusOf(header(await sign()))).toBe(401);
  });

  test('in any case of the scheme', async () => {
    expect(await statusOf(`bearer ${await sign()}`)).toBe(200);
  });
});

describe('the signature must be RS256 by the issuer', () => {
  test("a stranger's key is refused", async () => {
    expect(await statusOf(`Bearer ${await sign({}, stranger.privateKey)}`)).toBe(401);
  });

  test('a changed payload is refused', async () => {
    const [header, , signature] = (await sign()).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good, sub: 'somebody' })).toString('base64url');

    expect(await statusOf(`Bearer ${header}.${payload}.${signature}`)).toBe(401);
  });

  test('none and HS256 are refused', async () => {
    const none = [{ alg: 'none' }, good].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const hs256 = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 'x'));

    expect(await statusOf(`Bearer ${none.join('.')}.`)).toBe(401);
    expect(await statusOf(`Bearer ${hs256}`)).toBe(401);
  });
});

test('a refusal says which scheme and what was wrong', async () => {
  const refused = [
    await authorize(undefined, 'stoa/write'),
    await authorize('Bearer a.b.c', 'stoa/write'),
    await authorize(`Bearer ${await sign({ scope: 'openid' })}`, 'stoa/write'),
  ];

  const told = refused.map((result) => ('status' in result ? result.headers['www-authenticate'] : 'passed'));
  expect(told).toEqual([
    'Bearer',
    'Bearer error="invalid_token"',
    'Bearer scope="stoa/write" error="insufficient_scope"',
  ]);
});
