import type { Context } from 'aws-lambda';
import { readEnv } from './env.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { type Progress, renew } from './renew/everything.ts';
import { openTable } from './table/table.ts';

export interface Renewed extends Progress {
  finished: boolean;
}

/** What an older policy made, made anew: nightly, after a deploy with another policy, and before a rebuild on demand. */
export async function handler(event: { fresh?: boolean } | null, context: Context): Promise<Renewed> {
  const steps = renew(openTable(readEnv().table), { fresh: event?.fresh ?? false });
  const renewed = await inTime(steps, context);
  log.info('renewed', { posts: renewed.posts, written: renewed.renewed, finished: renewed.finished });
  return renewed;
}
