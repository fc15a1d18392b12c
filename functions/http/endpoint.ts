import middy from '@middy/core';
import type { GenericSchema, InferOutput } from 'valibot';
import { during } from '../correlation.ts';
import type { Call, Reply } from './call.ts';
import { errors } from './errors.ts';
import { limits } from './limits.ts';
import { log } from './log.ts';
import { origin } from './origin.ts';
import { parse } from './parse.ts';
import { quota } from './quota.ts';
import { sanitize } from './sanitize.ts';
import { schema } from './schema.ts';

export type Endpoint = (event: Call, context: object) => Promise<Reply>;

/** A route that takes no body. */
export function reading(run: (call: Call) => Promise<Reply>): Endpoint {
  return stack([origin()], run);
}

/** A route that is posted to from anywhere, with whatever body: the link itself is the right. RFC 8058 sends no cookie and no origin. */
export function pressing(run: (call: Call) => Promise<Reply>): Endpoint {
  return stack([limits(), origin({ anywhere: true })], run);
}

/** A route whose body must fit `shape`, and into `bytes`. */
export function writing<S extends GenericSchema>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
  bytes?: number,
): Endpoint {
  return stack([limits(bytes), origin(), parse(), schema(shape)], run as (call: Call) => Promise<Reply>);
}

/** A route on which anybody may send something, counted by address before the handler sees it. */
export function reporting<S extends GenericSchema>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Endpoint {
  return stack([limits(), origin(), parse(), schema(shape), quota('report')], run as (call: Call) => Promise<Reply>);
}

/** A route on which an address is typed that is then mailed to, counted by where it is typed. */
export function asking<S extends GenericSchema>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Endpoint {
  return stack([limits(), origin(), parse(), schema(shape), quota('link')], run as (call: Call) => Promise<Reply>);
}

/** A reader's comment: sanitized, then counted by address. */
export function submitting<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Endpoint {
  return stack(
    [limits(), origin(), parse(), schema(shape), sanitize(), quota('comment')],
    run as (call: Call) => Promise<Reply>,
  );
}

/** Other words for a reader's own comment: as a new one's, and counted apart. */
export function rewording<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Endpoint {
  return stack(
    [limits(), origin(), parse(), schema(shape), sanitize(), quota('edit')],
    run as (call: Call) => Promise<Reply>,
  );
}

/** A route that takes a comment: its `body` goes through the sanitizer before the handler sees it. */
export function commenting<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Endpoint {
  return stack([limits(), origin(), parse(), schema(shape), sanitize()], run as (call: Call) => Promise<Reply>);
}

/** One stack for every route, outermost first. */
function stack(middlewares: middy.MiddlewareObj<Call, Reply>[], run: (call: Call) => Promise<Reply>): Endpoint {
  const handler = middy<Call, Reply>().handler(run);
  for (const middleware of [errors(), log(), ...middlewares]) handler.use(middleware);
  return (event, context) => during(event.requestContext.requestId, () => handler(event, context as never));
}

/** One Lambda function serves the routes of its manifest entry. */
export function routes(endpoints: Readonly<Record<string, Endpoint>>): Endpoint {
  return (event, context) => {
    const endpoint = endpoints[event.requestContext.routeKey];
    if (!endpoint) throw new Error(`no endpoint for the route ${event.requestContext.routeKey}`);
    return endpoint(event, context);
  };
}
