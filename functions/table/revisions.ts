import { ARTICLE_POLICY } from '../domain/allowed-tags.ts';
import { type PackedHtml, pack, unpack } from '../domain/packed-html.ts';
import type { Content } from '../domain/post.ts';
import type { SafeHtml } from '../domain/sanitize.ts';
import { BODY_PREFIX, bodyKey, htmlKey, postPk } from './keys.ts';
import type { Table } from './table.ts';

/** What a post said from one moment to the next: never changed, so that it can be read again. */
export interface RevisionItem extends Omit<Content, 'html'> {
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

/** What a revision's Markdown became. */
export interface HtmlItem {
  html: PackedHtml;
  /** That made it. */
  policy: string;
  /** Raised each time it is made anew. */
  ver: number;
}

export interface Revision {
  body: RevisionItem;
  html: HtmlItem;
}

/**
 * Access pattern `put a revision`: PutItem of BODY if absent, at the next number that is free, then of HTML at the same one,
 * over whatever lies there: the number is whose body it has. Gives the number.
 */
export async function putRevision(table: Table, post: string, rev: number, revision: Revision): Promise<number> {
  const { body, html } = revision;
  if (!(await table.putIfAbsent(bodyKey(post, rev), body))) return putRevision(table, post, rev + 1, revision);
  await table.put(htmlKey(post, rev), html);
  return rev;
}

/** Throws RuleError 'post.invalid' for more HTML than an item holds. */
export const revisionOf = (
  { html, ...content }: Content,
  now: Date,
  { account = null, autosave = false }: Written,
): Revision => ({
  body: { ...content, at: now.toISOString(), account, autosave },
  html: { html: pack(html), policy: ARTICLE_POLICY, ver: 1 },
});

/** A revision as a page shows it; `ver` is for the page's stamp. */
export interface Made {
  html: SafeHtml;
  ver: number;
}

/** An article of a table from before HTML was kept. Its page waits until it is made. */
export class WithoutHtml extends Error {
  override name = 'WithoutHtml';
  constructor(post: string, rev: number) {
    super(`post ${post} has no HTML of its revision ${rev}: run stoa republish, which makes it first`);
  }
}

/** Access pattern `post html`: GetItem of HTML, consistent. Throws WithoutHtml. */
export async function readHtml(table: Table, { id, rev }: { id: string; rev: number }): Promise<Made> {
  const item = await findHtml(table, id, rev);
  if (!item) throw new WithoutHtml(id, rev);
  return { html: unpack(item.html), ver: item.ver };
}

/** Access pattern `html of a revision`: GetItem of HTML, consistent. */
export const findHtml = (table: Table, post: string, rev: number) => table.get<HtmlItem>(htmlKey(post, rev));

/**
 * Access pattern `html anew`: PutItem of HTML, conditional on the `ver` that it had, or on there being none. Whoever was
 * faster made it as well. Throws RuleError 'post.invalid' for more HTML than an item holds.
 */
export async function putHtmlAnew(
  table: Table,
  { id, rev }: { id: string; rev: number },
  html: SafeHtml,
  before: HtmlItem | null,
): Promise<void> {
  const item: HtmlItem = { html: pack(html), policy: ARTICLE_POLICY, ver: (before?.ver ?? 0) + 1 };
  if (!before) await table.putIfAbsent(htmlKey(id, rev), item);
  else await table.put(htmlKey(id, rev), item, { expression: 'ver = :ver', values: { ':ver': before.ver } });
}

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
