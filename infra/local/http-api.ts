import { randomUUID } from 'node:crypto';
import type { Settings } from '../../functions/domain/settings.ts';
import type { FunctionSpec } from '../../functions/manifest.ts';
import { type Authorizer, type Issuer, jwtAuthorizer } from './authorizer.ts';
import { toEvent, toResponse } from './http-event.ts';
import { message, type Request, type Response } from './http-message.ts';
import { invoke, type LambdaHandler, LambdaTimeout } from './invoke.ts';
import { type Match, router } from './routes.ts';
import { routeThrottle } from './throttle.ts';

export type Log = (line: Record<string, unknown>) => void;

export interface HttpApiOptions {
  manifest: Readonly<Record<string, FunctionSpec>>;
  functions: Readonly<Record<string, LambdaHandler>>;
  settings: Settings;
  issuer: Issuer;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
}

/**
 * API Gateway's HTTP API: route, throttle, authorize, invoke. Its own answers are API Gateway's, `{"message":…}`.
 * Throws at once when the manifest routes to a function that is not there.
 */
export function httpApi(options: HttpApiOptions): (request: Request) => Promise<Response> {
  const { manifest, functions, settings, issuer, now } = options;
  for (const [name, spec] of Object.entries(manifest)) {
    if (spec.routes && !functions[name]) throw new Error(`the manifest routes to "${name}", which was not given`);
  }
  const find = router(manifest);
  const passes = routeThrottle(settings.limits.throttle, now);
  const authorize = jwtAuthorizer(issuer, now);

  return async (request) => {
    const match = tryDecode(() => find(request.method, request.uri));
    if (match === null) return message(400, 'Bad Request');
    if (!match) return message(404, 'Not Found');
    if (!passes(match.routeKey, match.route.throttle)) return message(429, 'Too Many Requests');

    return run(request, match, authorize, options);
  };
}

async function run(request: Request, match: Match, authorize: Authorizer, options: HttpApiOptions): Promise<Response> {
  const { functions, log, now } = options;
  const requestId = randomUUID();
  try {
    const { auth } = match.route;
    const authorized = auth === 'public' ? undefined : await authorize(request.headers.authorization, auth.scope);
    if (authorized && 'status' in authorized) return authorized;

    const event = toEvent(request, match, requestId, now(), authorized);
    const handler = functions[match.name] as LambdaHandler;
    const response = toResponse(await invoke(handler, event, { name: match.name, spec: match.spec, requestId }));
    return { ...response, headers: { ...response.headers, 'apigw-requestid': requestId } };
  } catch (error) {
    log({ level: 'error', message: 'function failed', function: match.name, route: match.routeKey, requestId, error });
    if (error instanceof LambdaTimeout) return message(503, 'Service Unavailable');
    return message(500, 'Internal Server Error');
  }
}

/** `null` for a wrong percent-encoding. */
function tryDecode<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
