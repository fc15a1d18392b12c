import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { parse, YAMLParseError } from 'yaml';
import { type Article, article } from '../../functions/authoring/article.ts';
import { RuleError } from '../../functions/domain/errors.ts';
import { checkSlug, slugify } from '../../functions/domain/post.ts';
import { Failure } from '../local/failure.ts';

const FENCE = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/;
const AUTHOR = /^(?<name>[^<]+?)\s*(?:<(?<email>[^<>@\s]+@[^<>@\s]+)>)?$/;

export interface ArticleFile extends Article {
  path: string;
  /** As given, else of the title. */
  slug: string;
  /** ISO 8601 UTC. */
  date?: string;
  draft: boolean;
  /** The author's own address: who types it into the public form is held. */
  email?: string;
}

const DATE = 'must be a date like 2026-11-22 or 2026-11-22T09:00:00Z';

const date = v.pipe(
  v.union([v.string(), v.date()], DATE),
  v.check((given) => !Number.isNaN(new Date(given).getTime()), DATE),
  v.transform((given) => new Date(given).toISOString()),
);

const frontMatter = v.strictObject({
  ...article.entries,
  date: v.optional(date),
  draft: v.optional(v.boolean('must be true or false'), false),
});

/** An article with YAML front matter. Throws a Failure naming the file, the key, the value and the remedy. */
export async function readArticleFile(file: string | URL): Promise<ArticleFile> {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new Failure(`${path} cannot be read: ${why}`, { cause });
  });
  const [, head, source] = FENCE.exec(text) ?? [];
  if (head === undefined || source === undefined) {
    throw new Failure(`${path} has no front matter: start it with a line ---, then title: and author:, then ---`);
  }
  const fields = readYaml(path, head);
  const { name: author, email } = AUTHOR.exec(String(fields.author ?? ''))?.groups ?? {};
  const parsed = v.safeParse(frontMatter, { ...fields, ...(author ? { author } : {}), source });
  if (!parsed.success) throw new Failure(`${path}: ${complaint(parsed.issues[0])}`);
  const { date: when, ...rest } = parsed.output;
  const slug = slugOf(path, rest);
  return { ...rest, path, slug, ...(when ? { date: when } : {}), ...(email ? { email } : {}) };
}

function readYaml(path: string, head: string): Record<string, unknown> {
  try {
    const fields: unknown = parse(head);
    if (fields !== null && typeof fields === 'object' && !Array.isArray(fields)) return { ...fields };
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new Failure(`${path}: the front matter is not YAML: ${cause.message.split('\n')[0]}`, { cause });
  }
  throw new Failure(`${path}: the front matter must be keys and values, title: and author: among them`);
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue) ?? 'the front matter';
  const known = Object.keys(frontMatter.entries).filter((name) => name !== 'source');
  if (issue.expected === 'never') return `${key} is not known in front matter: it may hold ${known.join(', ')}`;
  if (key === 'source') return `the text below the front matter ${issue.message}`;
  if (issue.input === undefined) return `${key} is missing: add a line "${key}: …" to the front matter`;
  const got = `, got ${(JSON.stringify(issue.input) ?? String(issue.input)).slice(0, 60)}`;
  if (issue.kind !== 'schema') return `${key} ${issue.message}${got}`;
  return `${key} ${NEEDS[issue.expected ?? ''] ?? issue.message}${got}`;
}

const NEEDS: Readonly<Record<string, string>> = {
  string: 'must be text, in quotes if need be',
  Array: 'must be a list like [one, two]',
};

function slugOf(path: string, { slug, title }: Article): string {
  try {
    return checkSlug(slug ?? slugify(title));
  } catch (cause) {
    if (!(cause instanceof RuleError)) throw cause;
    const { got, remedy } = cause.detail;
    const whence = slug === undefined ? 'the slug that the title gives' : 'slug';
    const also = slug === undefined ? ', and add a line "slug: …"' : '';
    throw new Failure(`${path}: ${whence} ${remedy}, got "${got}"${also}`, { cause });
  }
}
