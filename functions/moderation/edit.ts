import * as v from 'valibot';
import { POLICY } from '../domain/allowed-tags.ts';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { findComment } from '../table/comments.ts';
import { edit } from '../table/edits.ts';
import { openTable } from '../table/table.ts';
import { inFull } from './held.ts';

export const words = v.strictObject({ body: v.string('must be text'), ver: v.number() });

/** A comment with everything that a moderator may see of it. Throws RuleError 'comment.not-found'. */
export async function show(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const comment = await findComment(table, param(call, 'id'));
  if (!comment) throw new RuleError('comment.not-found');
  return json(200, await inFull(table, comment));
}

/** Other words, through the same sanitizer. Throws RuleError 'comment.not-found', 'comment.move' or 'comment.conflict'. */
export async function change(call: Call<v.InferOutput<typeof words>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const id = param(call, 'id');
  const { input, safe } = call;
  const comment = await findComment(table, id);
  if (!comment) throw new RuleError('comment.not-found');
  if (comment.status === 'removed') throw new RuleError('comment.move', { from: 'removed', to: 'edited' });
  if (comment.ver !== input.ver) throw new RuleError('comment.conflict');
  const by = { by: accountOf(call), at: new Date().toISOString() };
  const edited = await edit(table, comment, { ...safe, source: input.body, policy: POLICY, ...by });
  if (!edited) throw new RuleError('comment.conflict');
  return json(200, await inFull(table, (await findComment(table, id)) ?? comment));
}
