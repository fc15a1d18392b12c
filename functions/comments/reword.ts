import * as v from 'valibot';
import { POLICY } from '../domain/allowed-tags.ts';
import { editableUntil } from '../domain/editing.ts';
import { RuleError } from '../domain/errors.ts';
import { askedOf, OPINION } from '../domain/opinion.ts';
import { type Fact, judge, type Verdict } from '../domain/rules.ts';
import { normalise } from '../domain/text.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { wantsPage } from '../http/call.ts';
import { json, seeOther } from '../http/reply.ts';
import { rulesLately } from '../rules-in-force.ts';
import type { Found } from '../table/comment-items.ts';
import { findComment } from '../table/comments.ts';
import { reword as rewrite } from '../table/edits.ts';
import { findPerson, isTrusted } from '../table/people.ts';
import type { PostItem } from '../table/posts.ts';
import { openTable, type Table } from '../table/table.ts';
import { asJson } from './answer.ts';
import { hearSecondOpinion } from './opinion/second-opinion.ts';
import { own } from './own.ts';
import { submission } from './submission.ts';

/** The words alone: who said them, and to whom, stays. */
export const rewording = v.strictObject({ body: submission.entries.body });

/** A moderator's verdict, or the same writer's other tab, may come in between that often. */
const ATTEMPTS = 5;

/**
 * Other words for one's own comment, while the window is open: sanitized as the first ones were, and judged again. Throws
 * RuleError 'comment.not-found', 'comment.fixed', or 'comment.conflict' when others were faster each time.
 */
export async function reword(call: Call<v.InferOutput<typeof rewording>>): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const table = openTable(name);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { comment, post } = await own(table, call);
    const now = new Date();
    if (editableUntil(comment, settings.limits.editMinutes, now) === null) throw new RuleError('comment.fixed');
    if (await changed(table, { comment, post }, call, now)) {
      if (wantsPage(call)) return seeOther(`/api/comments/${comment.id}`);
      return json(200, asJson(post, (await findComment(table, comment.id)) ?? comment));
    }
  }
  throw new RuleError('comment.conflict');
}

async function changed(
  table: Table,
  { comment, post }: { comment: Found; post: PostItem },
  call: Call<{ body: string }>,
  now: Date,
): Promise<boolean> {
  const { input, safe } = call;
  const { opinion, limits } = readEnv().settings;
  if (normalise(comment.source) === normalise(input.body)) return true;
  const verdict = await judgeAgain(table, comment, safe.html, now);
  const words = { ...safe, source: input.body, policy: POLICY, reason: verdict.reason ?? comment.reason };
  const shown = opinion && verdict.status === 'pending' ? { shown: askedOf(opinion) } : {};
  const verdictNow = { to: verdict.status, at: now.toISOString(), refusedDays: limits.refusedDays };
  if (!(await rewrite(table, comment, { ...words, ...shown }, verdictNow))) return false;
  const reworded = opinion && (await findComment(table, comment.id));
  if (reworded) await hearSecondOpinion(table, call, post, reworded);
  return true;
}

/** Whose comment it is, and how it was sent, was settled when it came; what waits for a person goes on waiting for one. */
async function judgeAgain(
  table: Table,
  { author, person, reader, status }: Found,
  html: string,
  now: Date,
): Promise<{ status: Verdict['status']; reason: string | null }> {
  const [{ blocked }, trusted, { rules }] = await Promise.all([
    findPerson(table, person),
    isTrusted(table, person, reader),
    rulesLately(table, now),
  ]);
  const facts: Fact[] = [
    'proved',
    ...(trusted ? (['trusted'] as const) : []),
    ...(blocked ? (['blocked'] as const) : []),
  ];
  const verdict = judge({ facts, name: author.name, url: author.url, html, address: '' }, rules);
  if (verdict.status !== 'approved') return verdict;
  if (status === 'pending') return { status, reason: null };
  return readEnv().settings.opinion ? { status: 'pending', reason: OPINION } : verdict;
}
