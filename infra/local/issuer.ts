import * as v from 'valibot';
import type { Settings } from '../../functions/domain/settings.ts';
import { Failure } from './failure.ts';
import type { Login } from './login.ts';

export interface TrustedIssuer {
  url: string;
  jwks: URL;
  audience: string;
}

const discovery = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.url()) });

/** Whose access tokens are taken: the settings' provider, or this machine's own. Throws a Failure for one that cannot be asked. */
export async function trustedIssuer(signIn: Settings['signIn'], login: Login): Promise<TrustedIssuer> {
  if (!signIn) return { url: login.issuer, jwks: login.jwks, audience: login.clientId };
  const { issuer, audience, clientId } = signIn;
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address);
    const found = v.parse(discovery, await response.json());
    if (found.issuer !== issuer) throw new Error(`it calls itself ${found.issuer}`);
    return { url: issuer, jwks: new URL(found.jwks_uri), audience: audience ?? clientId };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(`signIn.issuer could not be asked at ${address}: ${why}`, { cause });
  }
}
