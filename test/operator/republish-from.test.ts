import { expect, test } from 'vitest';
import type { Progress } from '../../functions/publisher/everything.ts';
import type { Rebuilt } from '../../functions/republish.ts';
import { saveJob } from '../../functions/table/jobs.ts';
import { republishFrom } from '../../infra/operator/republish-from.ts';
import { openWorld } from '../support/world.ts';

async function all(progress: AsyncIterable<Progress>): Promise<Progress[]> {
  const seen: Progress[] = [];
  for await (const one of progress) seen.push(one);
  return seen;
}

test('the function is run until it is finished, and its cursor says meanwhile how far it is', async () => {
  await using world = await openWorld();
  await saveJob(world.table, 'republish', { posts: 1, pages: 2, shelf: 0 });
  const answers: Rebuilt[] = [
    { posts: 4, pages: 8, finished: false },
    { posts: 6, pages: 12, finished: true },
  ];
  const first = Promise.withResolvers<Rebuilt>();
  const runs = [first.promise, ...answers.slice(1).map(async (answer) => answer)];
  const progress = republishFrom(world.table, () => runs.shift() as Promise<Rebuilt>, { lookEveryMs: 1 });

  const meanwhile = await progress.next();
  first.resolve(answers[0] as Rebuilt);
  const rest = await all(progress);

  expect(meanwhile.value).toEqual({ posts: 1, pages: 2 });
  expect(rest.slice(-2)).toEqual([
    { posts: 4, pages: 8 },
    { posts: 6, pages: 12 },
  ]);
  expect(runs).toEqual([]);
});

test('what the function refuses ends the command', async () => {
  await using world = await openWorld();
  const refuse = () => Promise.reject(new Error('denied'));

  await expect(all(republishFrom(world.table, refuse, { lookEveryMs: 1 }))).rejects.toThrow('denied');
});
