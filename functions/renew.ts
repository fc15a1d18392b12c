import type { Context } from 'aws-lambda';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { type Progress, renew } from './renew/everything.ts';
import { openTable } from './table/table.ts';

/** Left over for the last step when the time runs out; the next run goes on from there. */
const SPARE_MS = 60_000;

export interface Renewed extends Progress {
  finished: boolean;
}

/** What an older policy made, made anew: nightly, after a deploy with another policy, and before a rebuild on demand. */
export async function handler(event: { fresh?: boolean } | null, context: Context): Promise<Renewed> {
  const renewed = await run(event?.fresh ?? false, context);
  log.info('renewed', { posts: renewed.posts, written: renewed.renewed, finished: renewed.finished });
  return renewed;
}

async function run(fresh: boolean, context: Context): Promise<Renewed> {
  let progress: Progress = { posts: 0, renewed: 0 };
  for await (progress of renew(openTable(readEnv().table), { fresh })) {
    if (context.getRemainingTimeInMillis() < SPARE_MS) return { ...progress, finished: false };
  }
  return { ...progress, finished: true };
}
