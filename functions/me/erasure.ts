import * as v from 'valibot';
import { isSecure } from '../comments/answer.ts';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { seeOther } from '../http/reply.ts';
import { findComment } from '../table/comments.ts';
import { erase, writerOf } from '../table/erasure.ts';
import { commentsOfPerson } from '../table/history.ts';
import type { Session } from '../table/links.ts';
import { stopMail, unsubscribe } from '../table/mailboxes.ts';
import { forgetPerson } from '../table/people.ts';
import { openTable, type Table } from '../table/table.ts';
import { end, requireSession } from './session.ts';

/** One comment, or with `all` everything there is. */
export const erasing = v.union(
  [
    v.strictObject({ comment: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
    v.strictObject({ all: v.literal('yes', 'must be yes') }),
  ],
  'must name a comment, or be all=yes',
);

/** A moderator's verdict may come in between that often. */
const ATTEMPTS = 5;
/** What one request has the time for; the page says when to press again. */
const AT_ONCE = 200;
const STEP = 8;

/** Throws RuleError 'session.over', 'comment.not-found' or 'comment.conflict'. */
export async function eraseOwn(call: Call<v.InferOutput<typeof erasing>>): Promise<Reply> {
  const table = openTable(readEnv().table);
  const session = await requireSession(table, call);
  if ('comment' in call.input) {
    if (!(await eraseOne(table, session, call.input.comment))) throw new RuleError('comment.not-found');
    return seeOther('/api/me?done=erased');
  }
  if (!(await eraseComments(table, session))) return seeOther('/api/me?done=more');
  await stopMail(table, session.person);
  await forgetPerson(table, session.person, session.address);
  return { ...seeOther('/api/me?done=all-erased'), cookies: [await end(table, call, isSecure(call))] };
}

/** False: this person has no such comment, or has it no more. What was erased halfway is erased to the end. */
async function eraseOne(table: Table, { person }: Pick<Session, 'person'>, id: string): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const comment = await findComment(table, id);
    if (!comment || (await writerOf(table, comment)) !== person) return false;
    await unsubscribe(table, person, id);
    if (await erase(table, comment, new Date().toISOString())) return true;
  }
  throw new RuleError('comment.conflict');
}

/** False: there are more. The index may be late: what it still shows and is gone is passed over. */
async function eraseComments(table: Table, session: Session): Promise<boolean> {
  const { comments, next } = await commentsOfPerson(table, session.person, { limit: AT_ONCE });
  for (let i = 0; i < comments.length; i += STEP) {
    await Promise.all(comments.slice(i, i + STEP).map(({ id }) => eraseOne(table, session, id)));
  }
  return !next;
}
