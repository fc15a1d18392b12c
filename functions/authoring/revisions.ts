import { RuleError } from '../domain/errors.ts';
import { readAccount } from '../table/accounts.ts';
import { findAuthor } from '../table/authors.ts';
import type { PostItem } from '../table/posts.ts';
import { findRevision, listRevisions } from '../table/revisions.ts';
import type { Table } from '../table/table.ts';

const PAGE = 20;

/** What a post said before, newest first, a page at a time. Throws RuleError 'query.invalid'. */
export async function history(table: Table, post: PostItem, cursor: string | undefined) {
  const below = cursor === undefined ? post.rev + 1 : numberOf('cursor', cursor);
  const { revisions, next } = await listRevisions(table, post.id, { below, limit: PAGE });
  const name = naming(table);
  return {
    revisions: await Promise.all(
      revisions.map(async ({ rev, title, at, account, autosave }) => ({
        rev,
        title,
        at,
        by: await name(account),
        autosave,
      })),
    ),
    next: next === null ? null : String(next),
  };
}

/** Throws RuleError 'revision.not-found', which one is, too, that no post points to yet; or 'query.invalid'. */
export async function revisionOf(table: Table, post: PostItem, rev: number) {
  const found = rev <= post.rev ? await findRevision(table, post.id, rev) : null;
  if (!found) throw new RuleError('revision.not-found');
  const { title, excerpt, author, category, tags, source, at, account, autosave } = found;
  return { rev, title, at, by: await naming(table)(account), autosave, excerpt, author, category, tags, source };
}

/** What is there now, by whom: for those who come too late with a change. */
export async function currentOf(table: Table, post: PostItem) {
  const { at, by } = await revisionOf(table, post, post.rev);
  return { ver: post.ver, rev: post.rev, at, by };
}

/** Throws RuleError 'query.invalid'. */
export function numberOf(name: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new RuleError('query.invalid', { name, remedy: 'must be the number of a revision' });
}

/** Accounts by the author that they write as, each looked up once. */
function naming(table: Table) {
  const known = new Map<string, Promise<string | null>>();
  const nameOf = async (account: string) => {
    const { author } = await readAccount(table, account);
    return author === null ? null : ((await findAuthor(table, author))?.name ?? null);
  };
  return async (account: string | null) => {
    if (account === null) return null;
    const name = known.get(account) ?? nameOf(account);
    known.set(account, name);
    return { account, name: await name };
  };
}
