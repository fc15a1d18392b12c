import type { Content } from '../domain/post.ts';
import { BODY_PREFIX, bodyKey, postPk } from './keys.ts';
import type { Table } from './table.ts';

/** What a post said from one moment to the next: never changed, so that it can be read again. */
export interface RevisionItem extends Content {
  at: string;
  /** Who signed in to write it; null: the operator's command. */
  account: string | null;
  /** Saved by the editor, without being asked. */
  autosave: boolean;
}

export interface Written {
  account?: string | null;
  autosave?: boolean;
}

/** Access pattern `put a revision`: PutItem of BODY if absent, at the next number that is free. Gives the number. */
export async function putRevision(table: Table, post: string, rev: number, item: RevisionItem): Promise<number> {
  return (await table.putIfAbsent(bodyKey(post, rev), item)) ? rev : putRevision(table, post, rev + 1, item);
}

export const revisionOf = (
  content: Content,
  now: Date,
  { account = null, autosave = false }: Written,
): RevisionItem => ({
  ...content,
  at: now.toISOString(),
  account,
  autosave,
});

/** Access pattern `post body`: GetItem of BODY, consistent. */
export async function readBody(table: Table, { id, rev }: { id: string; rev: number }): Promise<string> {
  const body = await findRevision(table, id, rev);
  if (!body) throw new Error(`post ${id} has no revision ${rev}`);
  return body.source;
}

/** Access pattern `revision`: GetItem of BODY, consistent. */
export const findRevision = (table: Table, post: string, rev: number) => table.get<RevisionItem>(bodyKey(post, rev));

/** Access pattern `revisions of a post`: Query of BODY below a number, newest first, consistent. */
export async function listRevisions(table: Table, post: string, { below, limit }: { below: number; limit: number }) {
  const { items, next } = await table.query<RevisionItem>({
    pk: postPk(post),
    where: '#sk BETWEEN :from AND :to',
    values: { ':from': BODY_PREFIX, ':to': bodyKey(post, below - 1).sk },
    descending: true,
    limit,
  });
  const revisions = items.map(({ sk, ...item }) => ({ ...item, rev: Number(sk.slice(BODY_PREFIX.length)) }));
  return { revisions, next: next ? (revisions.at(-1)?.rev ?? null) : null };
}
