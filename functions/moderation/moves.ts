import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import type { Status } from '../domain/moderation.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { describe } from '../http/problems.ts';
import { json } from '../http/reply.ts';
import { move } from '../table/moves.ts';
import { answerReports } from '../table/reports.ts';
import { openTable, type Table } from '../table/table.ts';

const MOST = 100;
/** Verdicts that are carried out side by side. */
const STEP = 8;

export const verdicts = v.strictObject({
  ids: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be ids of comments'))),
    v.minLength(1, 'must not be empty'),
    v.maxLength(MOST, `may be ${MOST}`),
  ),
  to: v.picklist(['approved', 'pending', 'spam', 'rejected', 'removed']),
});

interface Refused {
  id: string;
  code: string;
  detail: string;
}

/** One verdict on many comments: what was refused says why, and the others are done all the same. */
export async function moveAll(call: Call<v.InferOutput<typeof verdicts>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const { ids, to } = call.input;
  const verdict = { to, by: accountOf(call), at: new Date().toISOString(), rule: null };
  const moved: { id: string; status: Status }[] = [];
  const refused: Refused[] = [];
  for (let i = 0; i < ids.length; i += STEP) {
    const step = ids.slice(i, i + STEP).map(async (id) => {
      try {
        moved.push({ id, status: await moveOne(table, id, verdict) });
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
        refused.push({ id, code: error.code, detail: describe(error) });
      }
    });
    await Promise.all(step);
  }
  return json(200, { moved, refused });
}

async function moveOne(table: Table, id: string, verdict: Parameters<typeof move>[2]): Promise<Status> {
  const found = await move(table, id, verdict);
  if (!found) throw new RuleError('comment.not-found');
  if (found.at) await answerReports(table, found.post, found.at);
  return found.status;
}
