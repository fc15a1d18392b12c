import { readdir, readFile } from 'node:fs/promises';
import { POLICY } from '../../functions/domain/allowed-tags.ts';
import { addressHash, commentId, hueOf, readerHash, readerToken } from '../../functions/domain/identity.ts';
import { nameSlug } from '../../functions/domain/post.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { readKeys } from '../../functions/keys.ts';
import { describeAuthor, nameAuthor } from '../../functions/table/authors.ts';
import { commentAt, findComment, seat } from '../../functions/table/comments.ts';
import { readJob, saveJob } from '../../functions/table/jobs.ts';
import { claimAddress, personOf } from '../../functions/table/people.ts';
import { findPost } from '../../functions/table/posts.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { readArticleFile } from '../operator/article-file.ts';
import { RESTORATION } from '../operator/backup/restoration.ts';
import { publishArticle } from '../operator/publish-article.ts';
import { TABLE } from './connection.ts';

const JOB = 'sample';
const FOLDER = new URL('./sample/', import.meta.url);

interface SampleAuthor {
  name: string;
  email: string;
  bio: string;
  links: { label: string; href: string }[];
}

interface SampleComment {
  key: string;
  parent?: string;
  name: string;
  email: string;
  url?: string;
  at: string;
  body: string;
}

/** The sample articles and their conversation, on the first start of a data folder and never again; not beside what was restored. */
export async function seedOnce(sample: boolean): Promise<void> {
  const table = openTable(TABLE);
  if ((await readJob(table, JOB)) !== null || (await readJob(table, RESTORATION)) !== null) return;
  if (sample) await seed(table);
  await saveJob(table, JOB, sample ? 'done' : 'off');
}

async function seed(table: Table): Promise<void> {
  const authors = await readSample<SampleAuthor[]>('authors.json');
  for (const { name, email, bio, links } of authors) {
    await nameAuthor(table, nameSlug(name), name);
    await describeAuthor(table, nameSlug(name), { bio, links });
    await claimAddress(table, addressHash(readKeys().identityKey, email), nameSlug(name));
  }
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.md'));
  const articles = await Promise.all(names.map((name) => readArticleFile(new URL(name, FOLDER))));
  for (const article of articles.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))) {
    await publishArticle({ table, identityKey: async () => readKeys().identityKey }, article, new Date());
  }
  const conversations = await readSample<Record<string, SampleComment[]>>('conversations.json');
  for (const [slug, comments] of Object.entries(conversations)) await seedConversation(table, slug, comments, authors);
}

async function seedConversation(table: Table, slug: string, comments: SampleComment[], authors: SampleAuthor[]) {
  const post = await findPost(table, slug);
  if (!post) throw new Error(`the sample conversation ${slug} has no article`);
  const seats = new Map<string, string>();
  for (const { key, parent, ...words } of comments) {
    const to = parent === undefined ? null : (seats.get(parent) ?? null);
    const above = to && (await commentAt(table, post.id, to));
    seats.set(
      key,
      await say(table, { post: post.id, to, root: above ? (above.root ?? above.at) : null }, words, authors),
    );
  }
}

/** Everything about a comment but its place in the sample's own tree. */
type Words = Omit<SampleComment, 'key' | 'parent'>;

type Place = { post: string; to: string | null; root: string | null };

async function say(table: Table, place: Place, words: Words, authors: SampleAuthor[]) {
  const { identityKey } = readKeys();
  const { name, email, url = null, at, body } = words;
  const { person } = await personOf(table, addressHash(identityKey, email));
  const id = commentId(identityKey, { post: place.post, parent: place.to, person, source: body });
  const before = await findComment(table, id);
  if (before?.at) return before.at;
  const host = authors.some((author) => author.email === email);
  return seat(table, {
    ...place,
    id,
    author: { name, url, host, hue: hueOf(identityKey, person) },
    person,
    ...sanitizeComment(body),
    source: body,
    policy: POLICY,
    reason: null,
    created: new Date(at).toISOString(),
    reader: readerHash(readerToken()),
  });
}

async function readSample<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(name, FOLDER), 'utf8')) as T;
}
