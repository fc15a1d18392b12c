import * as v from 'valibot';
import type { Call, Reply } from '../http/call.ts';
import { json } from '../http/reply.ts';
import { submission } from './submission.ts';

/** A comment's text alone, as it is typed. */
export const draft = v.strictObject({ body: submission.entries.body });

/** How a comment will appear, and what will be taken away, by the sanitizer that it meets when it is sent. Keeps nothing. */
export async function preview({ safe }: Call<v.InferOutput<typeof draft>>): Promise<Reply> {
  return json(200, { html: safe.html, removed: safe.removed });
}
