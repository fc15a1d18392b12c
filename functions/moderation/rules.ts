import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { type Evidence, judge, type Rules, rulesSchema } from '../domain/rules.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readKeys } from '../keys.ts';
import { forgetRules, rulesInForce, withHashes } from '../rules-in-force.ts';
import type { Found } from '../table/comment-items.ts';
import { findAddress } from '../table/people.ts';
import { saveRules } from '../table/rules.ts';
import { openTable, type Table } from '../table/table.ts';
import { holder } from './held.ts';
import { backwards } from './months.ts';

const DAYS = 90;
/** Comments that one request looks at. */
const LOOKED_AT = 100;

export const change = v.strictObject({
  rules: rulesSchema,
  ver: v.pipe(v.number(), v.integer(), v.description('Of the rules that these were made from; 0: the settings’')),
});

export const trial = v.strictObject({
  rules: rulesSchema,
  cursor: v.optional(v.string()),
});

/** The rules in force. Addresses are hashes: who they are nobody here knows. */
export async function showRules(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  return json(200, await shown(openTable(readEnv().table)));
}

/** The same rules sent again are there already. Throws RuleError 'rules.conflict' when somebody else made other ones since. */
export async function changeRules(call: Call<v.InferOutput<typeof change>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const { table: name } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const { rules, ver } = call.input;
  const item = {
    rules: withHashes(rules, identityKey),
    who: accountOf(call),
    at: new Date().toISOString(),
    ver: ver + 1,
  };
  const saved = await saveRules(table, item, ver);
  forgetRules();
  const current = await shown(table);
  if (!saved && !isDeepStrictEqual(current.rules, item.rules)) throw new RuleError('rules.conflict', {}, { current });
  return json(200, current);
}

async function shown(table: Table) {
  const { rules, ver, who, at } = await rulesInForce(table);
  return { rules, ver, by: who, at };
}

/**
 * What other rules would have said of the comments of the last 90 days, newest first, where it differs from what the rules
 * in force say. Nothing is changed. A page may be empty and have a `next`.
 */
export async function tryRules(call: Call<v.InferOutput<typeof trial>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const { table: name } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
  const { comments, next, back } = await backwards(table, call.input.cursor, LOOKED_AT);
  const looked = comments.filter(({ created, author, source }) => created >= since && !author.host && source !== '');
  const [now, then] = await Promise.all([
    judging(table, (await rulesInForce(table)).rules),
    judging(table, withHashes(call.input.rules, identityKey)),
  ]);
  const differing = looked.flatMap((comment) => {
    const [is, would] = [now(comment), then(comment)];
    return is.status === would.status && is.reason === would.reason ? [] : [{ comment, is, would }];
  });
  const held = holder(table);
  return json(200, {
    looked: looked.length,
    differs: await Promise.all(
      differing.map(async ({ comment, is, would }) => ({ comment: await held(comment), is, would })),
    ),
    next: back !== null && back < since ? null : next,
  });
}

/** A blocked address is known by its person, since comments do not hold their address. */
async function judging(table: Table, rules: Rules) {
  const found = await Promise.all(
    rules.block.addresses.map(async (hash) => [(await findAddress(table, hash))?.person, hash] as const),
  );
  const addresses = new Map(found);
  return ({ author, html, person, facts = TRUSTED }: Found) => {
    const evidence: Evidence = {
      facts,
      name: author.name,
      url: author.url,
      html,
      address: addresses.get(person) ?? '',
    };
    return judge(evidence, rules);
  };
}

/** What came before facts were kept is taken for a regular's. */
const TRUSTED = ['trusted', 'proved'] as const;
