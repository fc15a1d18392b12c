import * as v from 'valibot';

/** Whether an article takes comments. */
export const conversation = v.strictObject({ closed: v.boolean() });
