import * as v from 'valibot';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { seeOther } from '../http/reply.ts';
import { confirmMailbox, stopMail } from '../table/mailboxes.ts';
import { openTable } from '../table/table.ts';
import { requireSession } from './session.ts';

export const wish = v.strictObject({ mail: v.picklist(['yes', 'no'], 'must be yes or no') });

/** Confirms the address, which the mailed link has proved, or stops the mails and erases it. Throws RuleError 'session.over'. */
export async function setMail(call: Call<v.InferOutput<typeof wish>>): Promise<Reply> {
  const table = openTable(readEnv().table);
  const { person } = await requireSession(table, call);
  if (call.input.mail === 'no') {
    await stopMail(table, person);
    return seeOther('/api/me?done=stopped');
  }
  await confirmMailbox(table, person, new Date());
  return seeOther('/api/me?done=confirmed');
}
