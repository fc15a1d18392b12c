import type { Command } from 'commander';
import { existing } from '../../functions/authoring/post.ts';
import type { PostStatus } from '../../functions/domain/post.ts';
import { closePost, listPosts, type PostItem, withdrawPost } from '../../functions/table/posts.ts';
import type { Table } from '../../functions/table/table.ts';
import { Failure } from '../local/failure.ts';
import { type ArticleFile, readArticleFile } from './article-file.ts';
import { forEach, wording } from './each.ts';
import { print } from './output.ts';
import { publishArticle } from './publish-article.ts';
import { type Run, session } from './run.ts';

const STATUSES: readonly PostStatus[] = ['published', 'scheduled', 'draft', 'withdrawn'];

export function postCommands(program: Command): void {
  const post = program.command('post').description('articles');
  post
    .command('publish')
    .description('publish Markdown files with front matter; the same slug again is a new revision')
    .argument('<file...>', 'title, author; slug, category, tags, date, draft, excerpt if you like')
    .action(session(publish));
  post.command('list').description('all articles, newest first').action(session(list));
  post
    .command('withdraw')
    .description('take articles off the site; publishing brings them back')
    .argument('<slug...>')
    .action(session(change((table, post) => withdrawPost(table, post))));
  post
    .command('close')
    .description('take no more comments')
    .argument('<slug...>')
    .action(session(change((table, post) => closePost(table, post, true))));
  post
    .command('open')
    .description('take comments again')
    .argument('<slug...>')
    .action(session(change((table, post) => closePost(table, post, false))));
}

/** Oldest first, since posts take their places in the archive in the order of publication. All files are read before. */
async function publish(stoa: Run, files: string[]): Promise<void> {
  const articles = await Promise.all(files.map(readArticleFile));
  const oldestFirst = articles.toSorted((a, b) => ((a.date ?? '~') < (b.date ?? '~') ? -1 : 1));
  refuseTwins(oldestFirst);
  await forEach(oldestFirst, stoa.json, {
    run: async (article) => summary(await publishArticle(stoa, article, new Date())),
    row: ({ status, slug, title }) => [status, `${stoa.url}/${slug}/`, title],
    refusal: ({ path }, error) => `${path}: ${wording(error)}`,
  });
}

/** The second would silently be a revision of the first. */
function refuseTwins(articles: readonly ArticleFile[]): void {
  const seen = new Map<string, string>();
  for (const { slug, path } of articles) {
    const twin = seen.get(slug);
    if (twin !== undefined)
      throw new Failure(`${twin} and ${path} have the same slug, ${slug}: give one of them another`);
    seen.set(slug, path);
  }
}

async function list({ table, json }: Run): Promise<void> {
  const posts: PostItem[] = [];
  for (const status of STATUSES) {
    let after: Awaited<ReturnType<typeof listPosts>>['next'];
    do {
      const page = await listPosts(table, status, { limit: 100, after });
      posts.push(...page.posts);
      after = page.next;
    } while (after);
  }
  print(posts.map(summary), json, () => posts.map((p) => [p.status, (p.date ?? '').slice(0, 10), p.slug, p.title]));
}

function change(how: (table: Table, post: PostItem) => Promise<PostItem>) {
  return ({ table, json }: Run, slugs: string[]): Promise<void> =>
    forEach(slugs, json, {
      run: async (slug) => summary(await how(table, await existing(table, slug))),
      row: ({ status, slug, closed }) => [status, slug, closed ? 'closed' : 'open'],
      refusal: (slug, error) =>
        error.code === 'post.not-found' ? `there is no article ${slug}` : `${slug}: ${wording(error)}`,
    });
}

function summary({ id, slug, title, author, category, status, date, closed }: PostItem) {
  return { id, slug, title, author: author.name, category: category?.name ?? null, status, date, closed };
}
