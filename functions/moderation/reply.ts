import * as v from 'valibot';
import { POLICY } from '../domain/allowed-tags.ts';
import { RuleError } from '../domain/errors.ts';
import { commentId, hueOf, readerHash, readerToken } from '../domain/identity.ts';
import { permalink } from '../domain/thread.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readKeys } from '../keys.ts';
import { readAccount } from '../table/accounts.ts';
import { type AuthorItem, findAuthor } from '../table/authors.ts';
import type { Said } from '../table/comment-items.ts';
import { commentAt, seat } from '../table/comments.ts';
import { getPost } from '../table/posts.ts';
import { openTable, type Table } from '../table/table.ts';

export const authorsWords = v.strictObject({
  body: v.string('must be text'),
  parent: v.optional(v.nullable(v.string()), null),
});

/** The person that an author is in the conversation. */
export const personOfAuthor = (author: string) => `author:${author}`;

/** An author's own comment: signed in, so it waits for nobody; the sanitizer is the same for all. */
export async function say(call: Call<v.InferOutput<typeof authorsWords>>): Promise<Reply> {
  requireGroup(call, 'author');
  const { table: name } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const { input, safe } = call;
  const author = await ownAuthor(table, call);
  const post = await getPost(table, param(call, 'id'));
  if (post?.status !== 'published') throw new RuleError('post.not-found');
  const parent = input.parent ? await commentAt(table, post.id, input.parent) : null;
  if (input.parent && parent?.status !== 'approved') throw new RuleError('parent.unknown');

  const person = personOfAuthor(author.slug);
  const said: Said = {
    id: commentId(identityKey, { post: post.id, parent: input.parent, person, source: input.body }),
    post: post.id,
    to: parent?.at ?? null,
    root: parent && (parent.root ?? parent.at),
    author: { name: author.name, url: null, host: true, hue: hueOf(identityKey, person) },
    person,
    html: safe.html,
    source: input.body,
    policy: POLICY,
    removed: safe.removed,
    reason: null,
    created: new Date().toISOString(),
    reader: readerHash(readerToken()),
  };
  const at = await seat(table, said);
  return json(201, { id: said.id, ref: at, url: permalink(post.slug, at), html: said.html, removed: said.removed });
}

/** Throws RuleError 'author.unknown' while the account has not said who it writes as. */
export async function ownAuthor(table: Table, call: Call): Promise<AuthorItem> {
  const { author } = await readAccount(table, accountOf(call));
  const known = author === null ? null : await findAuthor(table, author);
  if (!known) throw new RuleError('author.unknown');
  return known;
}
