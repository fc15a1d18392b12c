import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { countPosts } from '../../functions/table/posts.ts';
import { print } from './output.ts';
import { type Run, session } from './run.ts';

export function republishCommand(program: Command): void {
  program
    .command('republish')
    .description('make every page anew from the table; one that was stopped goes on where it was')
    .action(session(showRepublish));
}

/** The bar is drawn on standard error, and only where that is a terminal. */
async function showRepublish({ table, json, republish }: Run): Promise<void> {
  const total = await countPosts(table, ['published', 'withdrawn']);
  const bar = new SingleBar({ format: 'republish {bar} {value}/{total} articles, {pages} pages', noTTYOutput: false });
  let progress = { posts: 0, pages: 0 };
  if (!json) bar.start(total, 0, { pages: 0 });
  try {
    for await (progress of republish()) bar.update(progress.posts, { pages: progress.pages });
  } finally {
    bar.stop();
  }
  print(progress, json, () => [[`${progress.pages} pages of ${progress.posts} articles are as the table says`]]);
}
