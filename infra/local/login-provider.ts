import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import type { Directory, Person } from './login-directory.ts';
import { logoutPage, noticePage } from './login-page.ts';
import { loginStore } from './login-store.ts';

export const CLIENT_ID = 'stoa-admin';

/** Stoa's API: named by no request, since Cognito's clients name none. */
const API = 'urn:stoa:api';

const HOUR = 3600;

export interface Identities {
  directory: Directory;
  /** Private signing keys. */
  keys: readonly JWK[];
}

/**
 * An OpenID provider that gives what Cognito gives: JWT access tokens (RS256, one hour) with `client_id`, `scope`,
 * `token_use` and `cognito:groups`; and `aud`, without which the library makes none. Code with PKCE only.
 */
export function loginProvider(
  issuer: string,
  redirectUris: readonly string[],
  { directory, keys }: Identities,
): Provider {
  const origins = redirectUris.map((uri) => new URL(uri).origin);
  return new Provider(issuer, {
    adapter: loginStore(),
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...new Set([...redirectUris, ...origins.map((origin) => `${origin}/`)])],
      },
    ],
    clientBasedCORS: (_ctx, origin) => origins.includes(origin),
    jwks: { keys } as NonNullable<Configuration['jwks']>,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, subject) => {
      const person = directory.find(subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, ...inIdToken(person) }) };
    },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'cognito:username', 'cognito:groups'], email: ['email', 'email_verified'] },
    loadExistingGrant: grantToOurOwn,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: HOUR,
      IdToken: HOUR,
      AuthorizationCode: 60,
      RefreshToken: 24 * HOUR,
      Interaction: HOUR,
      Session: 24 * HOUR,
      Grant: 24 * HOUR,
    },
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token ? inAccessToken(directory.find(token.accountId)) : undefined,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: AUTHOR_SCOPE,
          audience: CLIENT_ID,
          accessTokenFormat: 'jwt',
          accessTokenTTL: HOUR,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = logoutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = noticePage('Signed out', 'You may close this window.');
        },
      },
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'html';
      ctx.body = noticePage('Sign-in failed', error_description ?? error);
    },
  });
}

function inIdToken({ username, groups, email }: Person) {
  return { 'cognito:username': username, 'cognito:groups': groups, ...(email ? { email, email_verified: true } : {}) };
}

function inAccessToken(person: Person | undefined) {
  return person && { token_use: 'access', username: person.username, 'cognito:groups': person.groups };
}

/** Our own client needs no consent. */
async function grantToOurOwn(ctx: KoaContextWithOIDC) {
  const { client, session, provider, params } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  const asked = String(params?.scope ?? '').split(' ');
  grant.addOIDCScope('openid');
  for (const scope of ['email', 'offline_access']) if (asked.includes(scope)) grant.addOIDCScope(scope);
  grant.addResourceScope(API, AUTHOR_SCOPE);
  await grant.save();
  return grant;
}
