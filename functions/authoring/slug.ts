import * as v from 'valibot';

/** Another address for an article, with the `ver` that was read. */
export const rename = v.strictObject({ slug: v.string(), ver: v.number() });
