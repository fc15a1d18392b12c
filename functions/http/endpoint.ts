import middy from '@middy/core';
import type { GenericSchema, InferOutput } from 'valibot';
import { during } from '../correlation.ts';
import type { Call, Reply } from './call.ts';
import { errors, type ProblemPage } from './errors.ts';
import { limits } from './limits.ts';
import { log } from './log.ts';
import { origin } from './origin.ts';
import { parse } from './parse.ts';
import { quota } from './quota.ts';
import { schema } from './schema.ts';

export type Endpoint = (event: Call, context: object) => Promise<Reply>;

/** A route that takes no body. */
export function reading(run: (call: Call) => Promise<Reply>): Stack {
  return stack([origin()], run);
}

/** A route that is posted to from anywhere, with whatever body: the link itself is the right. RFC 8058 sends no cookie and no origin. */
export function pressing(run: (call: Call) => Promise<Reply>): Stack {
  return stack([limits(), origin({ anywhere: true })], run);
}

/** A route whose body must fit `shape`, and into `bytes`. */
export function writing<S extends GenericSchema>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
  bytes?: number,
): Stack {
  return stack([limits(bytes), origin(), parse(), schema(shape)], run as (call: Call) => Promise<Reply>);
}

/** A route on which anybody may send something, counted by address before the handler sees it. */
export function reporting<S extends GenericSchema>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Stack {
  return stack([limits(), origin(), parse(), schema(shape), quota('report')], run as (call: Call) => Promise<Reply>);
}

/** A route on which an address is typed that is then mailed to, counted by where it is typed. */
export function asking<S extends GenericSchema>(shape: S, run: (call: Call<InferOutput<S>>) => Promise<Reply>): Stack {
  return stack([limits(), origin(), parse(), schema(shape), quota('link')], run as (call: Call) => Promise<Reply>);
}

/** A route's stack, but for how its function answers refusals. */
export type Stack = (page?: ProblemPage) => Endpoint;

/** One stack for every route, outermost first. */
export function stack(middlewares: middy.MiddlewareObj<Call, Reply>[], run: (call: Call) => Promise<Reply>): Stack {
  return (page) => {
    const handler = middy<Call, Reply>().handler(run);
    for (const middleware of [errors(page), log(), ...middlewares]) handler.use(middleware);
    return (event, context) => during(event.requestContext.requestId, () => handler(event, context as never));
  };
}

/** One Lambda function serves the routes of its manifest entry; with `page`, it refuses in pages whoever wants one. */
export function routes(stacks: Readonly<Record<string, Stack>>, page?: ProblemPage): Endpoint {
  const endpoints = new Map(Object.entries(stacks).map(([route, made]) => [route, made(page)]));
  return (event, context) => {
    const endpoint = endpoints.get(event.requestContext.routeKey);
    if (!endpoint) throw new Error(`no endpoint for the route ${event.requestContext.routeKey}`);
    return endpoint(event, context);
  };
}
