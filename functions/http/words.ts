import type { GenericSchema, InferOutput } from 'valibot';
import type { Call, Reply } from './call.ts';
import { type Stack, stack } from './endpoint.ts';
import { limits } from './limits.ts';
import { origin } from './origin.ts';
import { parse } from './parse.ts';
import { quota } from './quota.ts';
import { sanitize } from './sanitize.ts';
import { schema } from './schema.ts';

/* The stacks that take a comment's words, apart from the others: the sanitizer is half of what such a function weighs. */

/** A reader's comment: sanitized, then counted by address. */
export function submitting<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Stack {
  return stack(
    [limits(), origin(), parse(), schema(shape), sanitize(), quota('comment')],
    run as (call: Call) => Promise<Reply>,
  );
}

/** Other words for a reader's own comment: as a new one's, and counted apart. */
export function rewording<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Stack {
  return stack(
    [limits(), origin(), parse(), schema(shape), sanitize(), quota('edit')],
    run as (call: Call) => Promise<Reply>,
  );
}

/** A route that takes a comment: its `body` goes through the sanitizer before the handler sees it. */
export function commenting<S extends GenericSchema<unknown, { body: string }>>(
  shape: S,
  run: (call: Call<InferOutput<S>>) => Promise<Reply>,
): Stack {
  return stack([limits(), origin(), parse(), schema(shape), sanitize()], run as (call: Call) => Promise<Reply>);
}
