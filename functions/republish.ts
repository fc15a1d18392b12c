import type { Context } from 'aws-lambda';
import { readEnv } from './env.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { type Progress, republish } from './publisher/everything.ts';
import { openPress } from './publisher.ts';

export interface Rebuilt extends Progress {
  finished: boolean;
}

/** A full rebuild: nightly, after a deploy with other templates or settings, and on demand. */
export async function handler(event: { fresh?: boolean } | null, context: Context): Promise<Rebuilt> {
  const steps = republish(openPress(readEnv()), { fresh: event?.fresh ?? false });
  const rebuilt = await inTime(steps, context);
  log.info('rebuilt', { posts: rebuilt.posts, written: rebuilt.pages, finished: rebuilt.finished });
  return rebuilt;
}
