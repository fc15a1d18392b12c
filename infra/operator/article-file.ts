import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse, YAMLParseError } from 'yaml';
import { type Article, article } from '../../functions/authoring/article.ts';
import { Failure } from '../local/failure.ts';

const FENCE = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/;
const AUTHOR = /^(?<name>[^<]+?)\s*(?:<(?<email>[^<>@\s]+@[^<>@\s]+)>)?$/;

export interface ArticleFile extends Article {
  /** ISO 8601 UTC. */
  date?: string;
  draft: boolean;
  /** The author's own address: who types it into the public form is held. */
  email?: string;
}

const date = v.pipe(
  v.union([v.string(), v.date()], 'must be a date like 2026-11-22 or 2026-11-22T09:00:00Z'),
  v.transform((given) => new Date(given)),
  v.check((given) => !Number.isNaN(given.getTime()), 'must be a date like 2026-11-22 or 2026-11-22T09:00:00Z'),
  v.transform((given) => given.toISOString()),
);

const frontMatter = v.strictObject({
  ...article.entries,
  date: v.optional(date),
  draft: v.optional(v.boolean('must be true or false'), false),
});

/** An article with YAML front matter. Throws a Failure naming the file, the key and the remedy. */
export async function readArticleFile(path: string | URL): Promise<ArticleFile> {
  const name = path instanceof URL ? path.pathname : path;
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new Failure(`${name} cannot be read: ${cause.message}`, { cause });
  });
  const [, head, source] = FENCE.exec(text) ?? [];
  if (head === undefined || source === undefined) {
    throw new Failure(`${name} has no front matter: start it with a line ---, then title: and author:, then ---`);
  }
  const fields = readYaml(name, head);
  const { name: author, email } = AUTHOR.exec(String(fields.author ?? ''))?.groups ?? {};
  const parsed = v.safeParse(frontMatter, { ...fields, ...(author ? { author } : {}), source });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Failure(`${name}: ${v.getDotPath(issue) ?? 'front matter'}: ${issue.message}`);
  }
  const { date: when, ...rest } = parsed.output;
  return { ...rest, ...(when ? { date: when } : {}), ...(email ? { email } : {}) };
}

function readYaml(name: string, head: string): Record<string, unknown> {
  try {
    const fields: unknown = parse(head);
    if (fields !== null && typeof fields === 'object' && !Array.isArray(fields)) return { ...fields };
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new Failure(`${name}: the front matter is not YAML: ${cause.message.split('\n')[0]}`, { cause });
  }
  throw new Failure(`${name}: the front matter must be keys and values, title: and author: among them`);
}
