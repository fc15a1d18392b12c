import { POLICY } from '../domain/allowed-tags.ts';
import { RuleError } from '../domain/errors.ts';
import { addressHash, commentId, hueOf, readerHash, readerToken, sameHash } from '../domain/identity.ts';
import { askedOf, OPINION } from '../domain/opinion.ts';
import { isClosed } from '../domain/post.ts';
import { judge } from '../domain/rules.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { param } from '../http/call.ts';
import { readKeys } from '../keys.ts';
import { rulesLately } from '../rules-in-force.ts';
import type { Said } from '../table/comment-items.ts';
import { commentAt, findComment, hold, opening, seat } from '../table/comments.ts';
import { type AddressItem, findAddress, personOf } from '../table/people.ts';
import type { PostItem } from '../table/posts.ts';
import { openTable, type Table } from '../table/table.ts';
import { answer, type Kept } from './answer.ts';
import { factsOf } from './facts.ts';
import { listen } from './listen.ts';
import { hearSecondOpinion } from './opinion/second-opinion.ts';
import { publishedPost } from './published.ts';
import { readerOf } from './reader.ts';
import { makeRoom } from './room.ts';
import type { Submission } from './submission.ts';

/**
 * Takes a comment: the rules decide whether it is seated at once or held, and it is held as well while another service is
 * asked, where the settings name one. Sent again, it is the one that was there, even
 * when the conversation was closed or the parent removed since.
 */
export async function submit(call: Call<Submission>): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const post = await publishedPost(table, param(call, 'slug'));
  const { input, safe } = call;
  const reader = readerOf(call);
  const email = addressHash(identityKey, input.email);
  const idOf = ({ person }: AddressItem) =>
    commentId(identityKey, { post: post.id, parent: input.parent, person, source: input.body });

  const known = await findAddress(table, email);
  const before = known && (await findComment(table, idOf(known)));
  if (before) {
    return answer(call, post, before, { mine: reader !== null && sameHash(before.reader, readerHash(reader)) });
  }

  const now = new Date();
  if (isClosed(post, settings.conversation.closeAfterDays, now)) throw new RuleError('post.closed');
  const parent = input.parent === null ? null : await parentOf(table, post, input.parent);
  const address = known ?? (await personOf(table, email));
  const { person } = address;
  const token = reader ?? readerToken();
  const hash = readerHash(token);
  const id = idOf(address);
  const [facts, { rules }] = await Promise.all([
    factsOf(table, call, { id, address, reader: hash, now }),
    rulesLately(table, now),
  ]);
  const words = { name: input.name, url: input.url, html: safe.html };
  const judged = judge({ ...words, facts, address: email }, rules);
  const { opinion } = settings;
  const { status, reason } =
    opinion && judged.status === 'approved' ? { status: 'pending' as const, reason: OPINION } : judged;
  const said: Said = {
    id,
    post: post.id,
    to: parent?.at ?? null,
    root: parent && (parent.root ?? parent.at),
    author: { name: input.name, url: input.url, host: false, hue: hueOf(identityKey, person) },
    person,
    html: safe.html,
    source: input.body,
    policy: POLICY,
    removed: safe.removed,
    reason,
    facts,
    ...(opinion && status !== 'spam' ? { shown: askedOf(opinion) } : {}),
    created: now.toISOString(),
    reader: hash,
  };
  if (judged.status !== 'approved') await makeRoom(table, post.id, judged.status, settings.limits, now);
  if (input.notify && status !== 'spam') await listen(table, said, { email, address: input.email, now });
  const kept = await keep(table, call, post, said, status);
  const mine = sameHash(kept.reader, hash);
  return answer(call, post, kept, { mine, ...(mine && !reader ? { token } : {}) });
}

/** Throws RuleError 'parent.unknown' for what is not an approved comment of this post. */
async function parentOf(table: Table, post: PostItem, ref: string) {
  const parent = await commentAt(table, post.id, ref);
  if (parent?.status !== 'approved') throw new RuleError('parent.unknown');
  return parent;
}

/** Whoever sent the same a moment earlier has the comment; both get that one. */
async function keep(
  table: Table,
  call: Call,
  post: PostItem,
  said: Said,
  status: 'approved' | 'pending' | 'spam',
): Promise<Kept> {
  const seated = status === 'approved';
  if (!seated && (await hold(table, said, status, readEnv().settings.limits.refusedDays))) {
    const held = { ...said, at: null, status, ver: 1, moves: [opening(said, status)] };
    const heard = await hearSecondOpinion(table, call, post, held);
    return { ...heard, reason: heard.moves.at(-1)?.rule ?? heard.reason };
  }
  const kept = seated ? await commentAt(table, said.post, await seat(table, said)) : await findComment(table, said.id);
  if (!kept) throw new Error(`comment ${said.id} was kept and is not there`);
  return kept;
}
