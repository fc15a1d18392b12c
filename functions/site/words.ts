import * as v from 'valibot';
import { siteEntries } from '../domain/settings.ts';

const ver = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(most));

/** The site's name, its owner's card and its menus, with the `ver` that was read; 0 while nobody edited them. */
export const siteWords = v.strictObject({ ...siteEntries, ver });

/** An author's name and card; `ver` is 0 for a new one. `email` is never shown: who types it into the public form is held. */
export const authorWords = v.strictObject({
  name: name(80),
  bio: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'may have 500 characters')), ''),
  links: siteEntries.links,
  email: v.optional(v.pipe(v.string(), v.trim(), v.email('must be an address like ada@example.org'))),
  ver,
});

/** A category's name; `ver` is 0 for a new one. */
export const categoryWords = v.strictObject({ name: name(60), ver });

/** Who an account writes as, and up to when it has seen what was said to it. */
export const accountWords = v.strictObject({
  author: v.optional(v.nullable(v.string())),
  seen: v.optional(v.pipe(v.string(), v.isoTimestamp('must be like 2026-11-22T09:00:00.000Z'))),
});
