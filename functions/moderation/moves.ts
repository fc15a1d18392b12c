import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { MOVES, type Status } from '../domain/moderation.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { fault } from '../http/log.ts';
import { describe } from '../http/problems.ts';
import { json } from '../http/reply.ts';
import type { Found } from '../table/comment-items.ts';
import { openTable, type Table } from '../table/table.ts';
import { decide } from './decide.ts';

const MOST = 100;
/** Verdicts that are carried out side by side. */
const STEP = 8;

const status = v.picklist(Object.keys(MOVES) as Status[]);

export const verdicts = v.strictObject({
  comments: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be the id of a comment')),
        status: v.pipe(status, v.description('As it was when it was read')),
        ver: v.pipe(v.number(), v.integer(), v.description('As it was when it was read')),
      }),
    ),
    v.minLength(1, 'must not be empty'),
    v.maxLength(MOST, `may be ${MOST}`),
  ),
  to: status,
});

type Verdicts = v.InferOutput<typeof verdicts>;

interface Refused {
  id: string;
  code: string;
  detail: string;
}

/**
 * One verdict on many comments: what was refused says why, and the others are done all the same. A comment that somebody
 * else moved or changed since it was read is refused.
 */
export async function moveAll(call: Call<Verdicts>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const { comments, to } = call.input;
  const by = accountOf(call);
  const moved: Pick<Found, 'id' | 'status' | 'ver'>[] = [];
  const refused: Refused[] = [];

  for (let i = 0; i < comments.length; i += STEP) {
    const step = comments.slice(i, i + STEP).map(async (one) => {
      try {
        const { id, status, ver } = await moveOne(table, one, { to, by });
        moved.push({ id, status, ver });
      } catch (error) {
        const refusal = error instanceof RuleError ? error : fault(call, error);
        refused.push({ id: one.id, code: refusal.code, detail: describe(refusal) });
      }
    });
    await Promise.all(step);
  }
  return json(200, { moved, refused });
}

async function moveOne(
  table: Table,
  { id, ...seen }: Verdicts['comments'][number],
  verdict: { to: Status; by: string },
): Promise<Found> {
  const { refusedDays } = readEnv().settings.limits;
  const move = { ...verdict, at: new Date().toISOString(), rule: null };
  const found = await decide(table, id, move, { seen, refusedDays });
  if (!found) throw new RuleError('comment.not-found');
  return found;
}
