import { type GenericSchema, getDotPath, safeParse } from 'valibot';
import { RuleError } from '../domain/errors.ts';
import type { Middleware } from './middleware.ts';

/** Rebuilds the input from what the schema allows. Throws RuleError 'input.invalid' with a message for each field. */
export function schema(shape: GenericSchema): Middleware {
  return {
    before: function checkSchema({ event }) {
      const parsed = safeParse(shape, event.input);
      if (parsed.success) event.input = parsed.output;
      else {
        const fields = parsed.issues.map((issue) => [getDotPath(issue) ?? 'body', issue.message] as const).toReversed();
        throw new RuleError('input.invalid', {}, { fields: Object.fromEntries(fields) });
      }
    },
  };
}
