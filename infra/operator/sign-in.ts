import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import { Failure } from '../local/failure.ts';
import { CookieJar } from './cookie-jar.ts';

export interface SignIn {
  issuer: string;
  clientId: string;
  redirectUri: string;
  username: string;
  password: string;
  /** Scopes to ask for, separated by spaces. */
  scope?: string;
}

export interface Tokens {
  accessToken: string;
  idToken: string;
  refreshToken?: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * Signs in at the local provider as a browser does: code and PKCE (RFC 7636), with its form filled in. Throws a
 * Failure when the user name or the password is wrong.
 */
export async function signIn(options: SignIn): Promise<Tokens> {
  const { clientId, redirectUri, scope = `openid ${AUTHOR_SCOPE}` } = options;
  const issuer = new URL(options.issuer);
  const http = { [allowInsecureRequests]: true };
  const server = await processDiscoveryResponse(issuer, await discoveryRequest(issuer, http));
  const client: Client = { client_id: clientId };
  const verifier = generateRandomCodeVerifier();
  const state = generateRandomState();

  const start = new URL(server.authorization_endpoint ?? '');
  start.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }),
  );
  const back = await followForm(start, options);

  const answer = validateAuthResponse(server, client, back, state);
  const reply = await authorizationCodeGrantRequest(server, client, None(), answer, redirectUri, verifier, http);
  const tokens = await processAuthorizationCodeResponse(server, client, reply);
  if (!tokens.id_token) throw new Error(`${options.issuer} gave no ID token: ask for the scope openid`);
  return {
    accessToken: tokens.access_token,
    idToken: tokens.id_token,
    ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
    expiresIn: tokens.expires_in ?? 0,
  };
}

/** From the authorization endpoint through the form to the redirect back, whose address it returns. */
async function followForm(start: URL, { redirectUri, username, password }: SignIn): Promise<URL> {
  const jar = new CookieJar();
  let url = start;
  for (let step = 0; step < 10; step++) {
    const page = await visit(url, jar);
    const next = page.headers.get('location') ? page : await visit(url, jar, { username, password });
    const location = next.headers.get('location');
    if (!location)
      throw new Failure(`sign-in at ${start.origin} failed with ${next.status}: check user name and password`);
    url = new URL(location, url);
    if (url.href.startsWith(`${redirectUri}?`)) return url;
    if (url.origin !== start.origin) throw new Error(`sign-in led to ${url.origin}, which is not ${redirectUri}`);
  }
  throw new Error(`sign-in at ${start.origin} did not come back to ${redirectUri}`);
}

/** Gets the page, or posts the form to it. */
async function visit(url: URL, jar: CookieJar, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: jar.header },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  await response.arrayBuffer();
  jar.keep(response);
  return response;
}
