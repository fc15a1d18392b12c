import { isSecure } from '../comments/answer.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { seeOther } from '../http/reply.ts';
import { openTable } from '../table/table.ts';
import { end } from './session.ts';

/** Nobody else at this browser sees any more. */
export async function leave(call: Call): Promise<Reply> {
  const cookie = await end(openTable(readEnv().table), call, isSecure(call));
  return { ...seeOther('/'), cookies: [cookie] };
}
