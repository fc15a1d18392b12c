import { createHash, randomBytes } from 'node:crypto';
import { parse } from 'node-html-parser';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import type { Deployed } from './deployed.ts';
import { visit } from './visitor.ts';

export interface Tokens {
  access_token: string;
  id_token: string;
}

/** As a browser signs in for /admin/: code and PKCE, with the pool's own form filled in. */
export async function signIn(site: Deployed, email: string, password: string): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const client = { client_id: site.clientId, redirect_uri: `https://${site.host}/admin/` };
  const asked = new URLSearchParams({
    ...client,
    response_type: 'code',
    scope: `openid email ${AUTHOR_SCOPE}`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const form = parse((await visit(site.loginHost, `/oauth2/authorize?${asked}`)).text);
  const hidden = form.querySelectorAll('input[type=hidden]').map(({ attributes: { name, value } }) => [name, value]);

  const back = await post(site.loginHost, '/login', { ...Object.fromEntries(hidden), username: email, password });
  const code = new URL(back.headers.location ?? client.redirect_uri).searchParams.get('code');
  if (!code) throw new Error(`the login of ${email} gave ${back.status} and no code: ${back.text}`);

  const grant = { ...client, grant_type: 'authorization_code', code, code_verifier: verifier };
  return JSON.parse((await post(site.loginHost, '/oauth2/token', grant)).text);
}

const post = (host: string, path: string, fields: Record<string, string>) =>
  visit(host, path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(fields)),
  });
