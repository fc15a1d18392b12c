import * as v from 'valibot';

const positive = v.pipe(v.number(), v.minValue(0.001));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/** Requests a second, and how many may come at once. `null` switches the throttle off. */
const throttle = (rate: number, burst: number) =>
  v.optional(v.nullable(v.strictObject({ rate: v.optional(positive, rate), burst: v.optional(count, burst) })), {});

/** What an operator may set, with its defaults. Every limit may be `null`, which switches it off. */
export const settingsSchema = v.strictObject({
  site: v.optional(
    v.strictObject({
      title: v.optional(line(80), 'Stoa'),
      tagline: v.optional(line(200), 'A place to talk with people, not at them'),
      language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)), 'en'),
      owner: v.optional(line(80), 'The authors'),
      /** The public origin, `https://blog.example.org`; canonical links are written only when it is set. */
      address: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/[^/?#@]+$/))),
    }),
    {},
  ),
  limits: v.optional(
    v.strictObject({
      address: v.optional(
        v.nullable(
          v.strictObject({
            perMinute: v.optional(positive, 1),
            burst: v.optional(count, 5),
            perDay: v.optional(count, 30),
          }),
        ),
        {},
      ),
      post: v.optional(
        v.nullable(v.strictObject({ perMinute: v.optional(positive, 20), burst: v.optional(count, 40) })),
        {},
      ),
      pending: v.optional(v.nullable(count), 500),
      throttle: v.optional(
        v.nullable(
          v.strictObject({
            comment: throttle(5, 10),
            admin: throttle(5, 10),
            rest: throttle(20, 40),
          }),
        ),
        {},
      ),
    }),
    {},
  ),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Site = Settings['site'];
