import { RuleError } from '../domain/errors.ts';
import { type Line, log as write } from '../log.ts';
import type { Call } from './call.ts';
import type { Middleware } from './middleware.ts';
import { PROBLEMS } from './problems.ts';

/** One line for each request: its route, what it was answered, how long that took. Never what was sent. */
export function log(): Middleware {
  const started = new WeakMap<Call, number>();
  const lineOf = (event: Call, status: number): Line => ({
    route: event.requestContext.routeKey,
    status,
    ms: Math.round(performance.now() - (started.get(event) ?? Number.NaN)),
  });
  return {
    before: function startClock({ event }) {
      started.set(event, performance.now());
    },
    after: function logReply({ event, response }) {
      write.info('request', lineOf(event, response?.statusCode ?? 200));
    },
    onError: function logRefusal({ event, error }) {
      if (error instanceof RuleError) {
        write.info('request', { ...lineOf(event, PROBLEMS[error.code].status), code: error.code });
      } else write.error('request', { ...lineOf(event, 500), code: 'internal' }, error);
    },
  };
}

/** One of many things that a request asked for, which failed: logged, and a refusal to whoever asked. */
export function fault({ requestContext: { routeKey } }: Call, error: unknown): RuleError {
  write.error('failed', { route: routeKey }, error);
  return new RuleError('internal');
}
