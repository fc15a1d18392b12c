import { RuleError } from '../domain/errors.ts';
import { sameHash } from '../domain/identity.ts';
import { readEnv } from '../env.ts';
import type { Call } from './call.ts';
import type { Middleware } from './middleware.ts';

/** Set by the distribution on every request it passes on; a request without it came around it. */
const ORIGIN_HEADER = 'x-stoa-origin';
/** Written by the viewer-request function, over whatever a client sent. */
const HOST_HEADER = 'x-stoa-host';

/**
 * Throws RuleError 'origin.foreign' for what did not come through the distribution, or was sent by another site, unless
 * `anywhere`: a link that is a right by itself, and uses no cookie.
 */
export function origin({ anywhere = false } = {}): Middleware {
  return {
    before: function refuseForeign({ event }) {
      const secret = event.headers[ORIGIN_HEADER] ?? '';
      if (!secret || !readEnv().originSecrets.some((accepted) => sameHash(accepted, secret))) {
        throw new RuleError('origin.foreign');
      }
      const changes = event.requestContext.http.method !== 'GET';
      const bearer = event.requestContext.authorizer?.jwt !== undefined;
      if (changes && !bearer && !anywhere && !sameSite(event)) throw new RuleError('origin.foreign');
    },
  };
}

function sameSite({ headers }: Call): boolean {
  const fetchSite = headers['sec-fetch-site'];
  if (fetchSite !== undefined) return fetchSite === 'same-origin';
  const sent = headers.origin;
  if (!sent || !URL.canParse(sent)) return false;
  const { address } = readEnv().settings.site;
  return sent === address || new URL(sent).host === headers[HOST_HEADER];
}
