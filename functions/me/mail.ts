import * as v from 'valibot';
import { PACES } from '../domain/mail.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { seeOther } from '../http/reply.ts';
import { choosePace, confirmMailbox, stopMail, subscriptionsOf, unsubscribe } from '../table/mailboxes.ts';
import { openTable } from '../table/table.ts';
import { requireSession } from './session.ts';

export const wish = v.union(
  [
    v.strictObject({ mail: v.picklist(['yes', 'no'], 'must be yes or no') }),
    v.strictObject({ pace: v.picklist(PACES, 'must be at-once or daily') }),
    v.strictObject({ stop: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
  ],
  'must be mail=yes or no, a pace, or name a comment to stop',
);

/**
 * Confirms the address, which the mailed link has proved, or stops the mails and erases it; or chooses when they come, or
 * stops those about one comment, and with the last of them the address goes too. Throws RuleError 'session.over'.
 */
export async function setMail(call: Call<v.InferOutput<typeof wish>>): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { person } = await requireSession(table, call);
  if ('pace' in call.input) {
    await choosePace(table, person, call.input.pace);
    return seeOther(`/api/me?done=${call.input.pace}`);
  }
  if ('stop' in call.input) {
    await unsubscribe(table, person, call.input.stop);
    const left = await subscriptionsOf(table, person, new Date());
    if (left.length > 0) return seeOther('/api/me?done=unfollowed');
    await stopMail(table, person);
    return seeOther('/api/me?done=stopped');
  }
  if (call.input.mail === 'no') {
    await stopMail(table, person);
    return seeOther('/api/me?done=stopped');
  }
  await confirmMailbox(table, person, new Date());
  return seeOther('/api/me?done=confirmed');
}
