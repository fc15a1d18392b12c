import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { create } from '../../functions/authoring/post.ts';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { publishPost } from '../../functions/table/posts.ts';
import { openTable } from '../../functions/table/table.ts';
import { TABLE } from '../../infra/local/connection.ts';
import { startServer } from '../../infra/local/server.ts';
import { Conversation } from './conversation.ts';
import { paragraphs } from './prose.ts';
import { seeded } from './random.ts';

export interface Blog {
  /** Of the article. */
  url: string;
  /** Of the article, as it was written. */
  source: string;
  conversation: Conversation;
  /** Resolves when all that was said is in the pages. */
  published(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const ARTICLE_CHARACTERS = 3_000;
const SLUG = 'what-a-bench-is-for';

/** The whole system on one machine, in a folder of its own, with one article of 3,000 characters and nothing said yet. */
export async function openBlog(): Promise<Blog> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-bench-'));
  const settings = v.parse(settingsSchema, { limits: { throttle: null } });
  const server = await startServer({ dataDir, port: 0, settings, sample: false });
  const table = openTable(TABLE);
  const now = new Date();
  const article = {
    title: 'What a bench is for',
    author: 'Odile Brandt',
    category: 'Neighbourhood',
    tags: ['listening', 'benches'],
    slug: SLUG,
    source: paragraphs(seeded(1), ARTICLE_CHARACTERS, 420),
  };
  const post = await publishPost(table, await create(table, article, now), null, now);
  return {
    url: `${server.url}/${SLUG}/`,
    source: article.source,
    conversation: new Conversation(table, post.id, seeded(2)),
    published: () => server.platform.drain(),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
