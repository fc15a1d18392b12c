import { isSecure } from '../comments/answer.ts';
import { readerCookie, readerOf } from '../comments/reader.ts';
import { readerHash, readerToken } from '../domain/identity.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { seeOther } from '../http/reply.ts';
import { commentsOfPerson } from '../table/history.ts';
import { findPerson, trust } from '../table/people.ts';
import { openTable, type Table } from '../table/table.ts';
import { requireSession } from './session.ts';

const LOOKED_AT = 50;

/**
 * Makes this browser one that the person is known in. Of somebody new nothing was approved yet, and so nothing is proved
 * by it. Throws RuleError 'session.over'.
 */
export async function know(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { person } = await requireSession(table, call);
  const through = await provenBy(table, person);
  if (!through) return seeOther('/api/me?done=unknown');
  const known = readerOf(call);
  const token = known ?? readerToken();
  await trust(table, { id: through, person, reader: readerHash(token) });
  const reply = seeOther('/api/me?done=known');
  return known ? reply : { ...reply, cookies: [readerCookie(token, isSecure(call))] };
}

/** The newest approved comment of somebody who is not blocked and was not called spam lately. */
async function provenBy(table: Table, person: string): Promise<string | null> {
  const [{ blocked }, { comments }] = await Promise.all([
    findPerson(table, person),
    commentsOfPerson(table, person, { limit: LOOKED_AT }),
  ]);
  if (blocked || comments.some(({ status }) => status === 'spam')) return null;
  return comments.find(({ status }) => status === 'approved')?.id ?? null;
}
