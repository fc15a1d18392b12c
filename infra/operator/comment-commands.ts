import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { RuleError } from '../../functions/domain/errors.ts';
import type { Status } from '../../functions/domain/moderation.ts';
import { permalink } from '../../functions/domain/thread.ts';
import { decide } from '../../functions/moderation/decide.ts';
import type { CommentItem, Found, WaitItem } from '../../functions/table/comment-items.ts';
import { findPost, getPost } from '../../functions/table/posts.ts';
import { type Queued, queueOf } from '../../functions/table/queue.ts';
import { readHead, readSegment, segmentsOf } from '../../functions/table/segments.ts';
import type { Table } from '../../functions/table/table.ts';
import { Failure } from '../local/failure.ts';
import { readSettings, settingsPath } from '../settings-file.ts';
import { forEach } from './each.ts';
import { brief, print } from './output.ts';
import { type Run, session } from './run.ts';

const VERDICTS: readonly { name: string; to: Status; description: string }[] = [
  { name: 'approve', to: 'approved', description: 'give comments their seats; their writers are known from then on' },
  { name: 'reject', to: 'rejected', description: 'never publish comments that wait' },
  { name: 'spam', to: 'spam', description: 'call comments spam; their writers are strangers again' },
  { name: 'remove', to: 'removed', description: 'take the words of published comments away; replies keep their place' },
];

export function commentCommands(program: Command): void {
  const comment = program.command('comment').description('the conversation');
  comment
    .command('list')
    .description('comments that wait for a moderator, newest first, or those of one article')
    .option('--held', 'what waits (the default)')
    .option('--spam', 'what the rules or a moderator called spam instead')
    .option('--post <slug>', 'the seated comments of one article instead')
    .action(
      session<never>((run, _, { post, spam }) =>
        typeof post === 'string' ? listSeated(run, post) : listQueue(run, spam ? 'spam' : 'pending'),
      ),
    );
  for (const { name, to, description } of VERDICTS) {
    comment
      .command(name)
      .description(description)
      .argument('<id...>', 'ids as `comment list` gives them')
      .action(session((run, ids: string[]) => moveAll(run, ids, to)));
  }
}

async function listQueue({ table, json }: Run, status: Queued): Promise<void> {
  const queue: (WaitItem | CommentItem)[] = [];
  let after: Awaited<ReturnType<typeof queueOf>>['next'];
  do {
    const page = await queueOf(table, status, { after });
    queue.push(...page.comments);
    after = page.next;
  } while (after);
  await printComments(table, queue, json);
}

async function listSeated({ table, json }: Run, slug: string): Promise<void> {
  const post = await findPost(table, slug);
  if (!post) throw new Failure(`there is no article ${slug}`);
  const segments = segmentsOf(await readHead(table, post.id));
  const read = await Promise.all(segments.map((segment) => readSegment(table, post.id, segment)));
  await printComments(
    table,
    read.flatMap(({ comments }) => comments),
    json,
  );
}

async function printComments(table: Table, comments: (WaitItem | CommentItem)[], json: boolean): Promise<void> {
  const slugs = new Map<string, string>();
  for (const id of new Set(comments.map(({ post }) => post))) slugs.set(id, (await getPost(table, id))?.slug ?? id);
  const rows = comments.map(({ id, post, author, source, html, reason, status, created, at }) => ({
    id,
    post: slugs.get(post) ?? post,
    author: author.name,
    source,
    html,
    reason,
    status,
    date: created,
    ref: at ?? null,
  }));
  print(rows, json, () =>
    rows.map((row) => [row.id, row.post, row.status, row.reason ?? '', brief(row.author, 20), brief(row.source)]),
  );
}

async function moveAll({ table, json }: Run, ids: string[], to: Status): Promise<void> {
  const by = `operator:${userInfo().username}`;
  const { refusedDays } = readSettings(settingsPath(process.env)).limits;
  await forEach(ids, json, {
    run: async (id) => {
      const moved = await decide(table, id, { to, by, at: new Date().toISOString(), rule: null }, { refusedDays });
      if (!moved) throw new RuleError('comment.not-found');
      return outcome(table, moved);
    },
    row: (moved) => Object.values(moved).map((value) => value ?? ''),
    refusal: (id, { code, detail }) =>
      code === 'comment.not-found'
        ? `there is no comment ${id}`
        : `comment ${id} is ${detail.from} and cannot become ${detail.to}`,
  });
}

async function outcome(table: Table, { id, post, status, at }: Found) {
  const slug = (await getPost(table, post))?.slug;
  const seated = status === 'approved' && at && slug;
  return { id, status, ref: seated ? at : null, url: seated ? permalink(slug, at) : null };
}
