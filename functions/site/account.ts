import type * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { readAccount, saveAccount } from '../table/accounts.ts';
import { findAuthor } from '../table/authors.ts';
import { openTable, type Table } from '../table/table.ts';
import type { accountWords } from './words.ts';

/** Who the signed-in account writes as, and up to when it has seen what was said to it. */
export async function showAccount(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  return json(200, await known(openTable(readEnv().table), accountOf(call)));
}

/** What is not given stays as it is. Throws RuleError 'author.unknown' for one that is not there. */
export async function changeAccount(call: Call<v.InferOutput<typeof accountWords>>): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const account = accountOf(call);
  const { author, seen } = call.input;
  if (author && !(await findAuthor(table, author))) throw new RuleError('author.unknown');
  await saveAccount(table, account, {
    ...(author === undefined ? {} : { author }),
    ...(seen === undefined ? {} : { seen: new Date(seen).toISOString() }),
  });
  return json(200, await known(table, account));
}

async function known(table: Table, account: string) {
  const { author, seen } = await readAccount(table, account);
  const named = author === null ? null : await findAuthor(table, author);
  return { account, author: named && { slug: named.slug, name: named.name }, seen };
}
