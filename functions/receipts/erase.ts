import * as v from 'valibot';
import { own } from '../comments/own.ts';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { wantsPage } from '../http/call.ts';
import { noContent, seeOther } from '../http/reply.ts';
import { erase as forget } from '../table/erasure.ts';
import { openTable } from '../table/table.ts';

/** A button is all there is to press. */
export const erasing = v.strictObject({});

/** A moderator's verdict may come in between that often. */
const ATTEMPTS = 5;

/** One's own comment, gone for good, at any time and whatever became of it. Throws RuleError 'comment.not-found' or 'comment.conflict'. */
export async function erase(call: Call<v.InferOutput<typeof erasing>>): Promise<Reply> {
  const table = openTable(readEnv().table);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { comment } = await own(table, call);
    if (await forget(table, comment, new Date().toISOString())) {
      return wantsPage(call) ? seeOther('/api/comments/erased') : noContent();
    }
  }
  throw new RuleError('comment.conflict');
}
