import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { message, type Response } from './http-message.ts';

export interface Issuer {
  url: string;
  keys: JWTVerifyGetKey;
  audience: string;
}

/** As API Gateway hands them on: every claim a string, an array as `[a b]`. */
export interface Authorized {
  claims: Record<string, string>;
  scopes: readonly string[];
}

export type Authorizer = (authorization: string | undefined, scope: string) => Promise<Authorized | Response>;

/**
 * API Gateway's JWT authorizer: a bearer token (RFC 6750 §2.1), RS256 only, of this issuer, valid now, for this
 * audience by `aud` or `client_id`, with the route's scope in `scope` or `scp`. Answers 401, or 403 for the scope.
 * `now` is in milliseconds.
 */
export function jwtAuthorizer(issuer: Issuer, now: () => number): Authorizer {
  return async (authorization, scope) => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (!token) return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });

    const payload = await verify(token, issuer, now());
    if (!payload) return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer error="invalid_token"' });

    const scopes = scopesOf(payload);
    if (!scopes.includes(scope)) {
      const challenge = `Bearer scope="${scope}" error="insufficient_scope"`;
      return message(403, 'Forbidden', { 'www-authenticate': challenge });
    }
    return { claims: toClaims(payload), scopes };
  };
}

async function verify(token: string, issuer: Issuer, now: number): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, issuer.keys, {
      algorithms: ['RS256'],
      issuer: issuer.url,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    if (typeof payload.iat === 'number' && payload.iat * 1000 > now) return undefined;
    return audiencesOf(payload).includes(issuer.audience) ? payload : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** `client_id` counts only where `aud` is missing, as in Cognito's access tokens. */
function audiencesOf({ aud, client_id }: JWTPayload): readonly unknown[] {
  if (aud !== undefined) return Array.isArray(aud) ? aud : [aud];
  return [client_id];
}

function scopesOf({ scope, scp }: JWTPayload): string[] {
  const granted = scope ?? scp;
  if (Array.isArray(granted)) return granted.filter((item) => typeof item === 'string');
  return typeof granted === 'string' ? granted.split(' ').filter(Boolean) : [];
}

function toClaims(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
