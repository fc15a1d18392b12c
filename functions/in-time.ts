import type { Context } from 'aws-lambda';

/** Left over for the last step when the time runs out; the next run goes on from there. */
const SPARE_MS = 60_000;

/** A job's steps while there is time for them, and how far it came. */
export async function inTime<Progress extends object>(
  steps: AsyncGenerator<Progress>,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Progress & { finished: boolean }> {
  let last: Progress | undefined;
  for await (const progress of steps) {
    if (context.getRemainingTimeInMillis() < SPARE_MS) return { ...progress, finished: false };
    last = progress;
  }
  if (!last) throw new Error('a job tells at least once how far it is');
  return { ...last, finished: true };
}
