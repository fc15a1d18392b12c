import type { Context } from 'aws-lambda';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { type Progress, republish } from './publisher/everything.ts';
import { openPress } from './publisher.ts';

/** Left over for the last step when the time runs out; the next run goes on from there. */
const SPARE_MS = 60_000;

export interface Rebuilt extends Progress {
  finished: boolean;
}

/** A full rebuild: nightly, after a deploy with other templates or settings, and on demand. */
export async function handler(event: { fresh?: boolean } | null, context: Context): Promise<Rebuilt> {
  const rebuilt = await rebuild(event?.fresh ?? false, context);
  log.info('rebuilt', { posts: rebuilt.posts, written: rebuilt.pages, finished: rebuilt.finished });
  return rebuilt;
}

async function rebuild(fresh: boolean, context: Context): Promise<Rebuilt> {
  let progress: Progress = { posts: 0, pages: 0 };
  for await (progress of republish(openPress(readEnv()), { fresh })) {
    if (context.getRemainingTimeInMillis() < SPARE_MS) return { ...progress, finished: false };
  }
  return { ...progress, finished: true };
}
