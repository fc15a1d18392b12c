import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../functions/publisher/everything.ts';
import type { Rebuilt } from '../../functions/republish.ts';
import { readJob } from '../../functions/table/jobs.ts';
import type { Table } from '../../functions/table/table.ts';

const LOOK_EVERY_MS = 2000;

/** One run of the function after the other, the first of them `fresh` or not, until one is finished; how far it is, by the cursor that it keeps in the table. */
export async function* republishFrom(
  table: Table,
  rebuild: (fresh: boolean) => Promise<Rebuilt>,
  { fresh = false, lookEveryMs = LOOK_EVERY_MS } = {},
): AsyncGenerator<Progress> {
  for (let first = fresh; ; first = false) {
    const run = rebuild(first);
    const over = run.then(isOver, isOver);
    while (!(await Promise.race([over, sleep(lookEveryMs, false)]))) {
      const cursor = await readJob<Progress>(table, 'republish');
      if (cursor) yield { posts: cursor.posts, pages: cursor.pages };
    }
    const { finished, ...progress } = await run;
    yield progress;
    if (finished) return;
  }
}

const isOver = () => true;
