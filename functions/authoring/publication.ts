import * as v from 'valibot';

const EXAMPLE = 'must be like 2026-11-22T09:00:00Z';

/** When to publish: at once without a date; a date to come schedules it. With `ver`, only what was read. */
export const publication = v.strictObject({
  ver: v.optional(v.number()),
  date: v.optional(
    v.pipe(
      v.string(),
      v.isoTimestamp(EXAMPLE),
      // The pattern lets `+01` through, which is no time zone to JavaScript.
      v.check((date) => !Number.isNaN(Date.parse(date)), EXAMPLE),
      v.transform((date) => new Date(date).toISOString()),
    ),
  ),
});
