import { isDeepStrictEqual } from 'node:util';
import type * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { addressHash } from '../domain/identity.ts';
import { checkSlug, nameSlug } from '../domain/post.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readKeys } from '../keys.ts';
import {
  type AuthorItem,
  findAuthor,
  findTerm,
  listAuthors,
  listTerms,
  type Saved,
  saveAuthor,
  saveTerm,
  type TermItem,
} from '../table/authors.ts';
import { claimAddress } from '../table/people.ts';
import { openTable } from '../table/table.ts';
import type { authorWords, categoryWords } from './words.ts';

const PAGE = 50;

/** `?cursor=`, by slug; with `?name=`, whoever is, or was, called so. Throws RuleError 'query.invalid'. */
export async function authors(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const called = call.queryStringParameters?.name;
  if (called !== undefined) {
    const author = await findAuthor(table, nameSlug(called));
    return json(200, { authors: author ? [shownAuthor(author)] : [], next: null });
  }
  const { found, next } = await listAuthors(table, { limit: PAGE, after: after(call) });
  return json(200, { authors: found.map(shownAuthor), next });
}

/** `?cursor=`, by slug. Throws RuleError 'query.invalid'. */
export async function categories(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  const { found, next } = await listTerms(openTable(readEnv().table), { limit: PAGE, after: after(call) });
  return json(200, { categories: found.map(shownTerm), next });
}

/** Throws RuleError 'site.conflict', 'post.invalid' for what cannot be a slug, 'input.invalid' for another's name. */
export async function changeAuthor(call: Call<v.InferOutput<typeof authorWords>>): Promise<Reply> {
  requireGroup(call, 'author');
  const { table: name } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const slug = checkSlug(param(call, 'author'));
  const { email, ver, ...words } = call.input;
  const author = { ...words, slug, ver: ver + 1 };
  const known = await findAuthor(table, slug);
  const current = known && shownAuthor(known);
  const isThere = current !== null && says(current, author);
  if (!isThere) {
    if ((current?.ver ?? 0) !== ver) throw conflict(current);
    settle(await saveAuthor(table, author), 'author');
  }
  if (email) await claimAddress(table, addressHash(identityKey, email), slug);
  return json(200, isThere ? current : author);
}

/** Throws RuleError 'site.conflict', 'post.invalid' for what cannot be a slug, 'input.invalid' for another's name. */
export async function changeCategory(call: Call<v.InferOutput<typeof categoryWords>>): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const slug = checkSlug(param(call, 'category'));
  const { name, ver } = call.input;
  const term = { slug, name, ver: ver + 1 };
  const known = await findTerm(table, slug);
  const current = known && shownTerm(known);
  if (current && says(current, term)) return json(200, current);
  if ((current?.ver ?? 0) !== ver) throw conflict(current);
  settle(await saveTerm(table, term), 'category');
  return json(200, term);
}

/** Sent again, since the first answer was lost, they are there already. */
const says = <T extends { ver: number }>(current: T, words: T) =>
  isDeepStrictEqual(current, { ...words, ver: current.ver });

function settle(saved: Saved, what: string): void {
  if (saved === 'changed') throw conflict(null);
  if (saved === 'name-taken') {
    throw new RuleError('input.invalid', {}, { fields: { name: `is, or was, the name of another ${what}` } });
  }
}

const conflict = (current: object | null) => new RuleError('site.conflict', {}, current ? { current } : {});

const shownAuthor = ({ slug, name, bio, links, ver }: AuthorItem) => ({ slug, name, bio, links, ver });
const shownTerm = ({ slug, name, ver }: TermItem) => ({ slug, name, ver });

function after(call: Call): string | undefined {
  const cursor = call.queryStringParameters?.cursor;
  if (cursor === undefined || /^[a-z0-9-]{1,80}$/.test(cursor)) return cursor;
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
}
