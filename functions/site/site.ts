import { isDeepStrictEqual } from 'node:util';
import type * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import type { Site } from '../domain/settings.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { accountOf, requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import { saveSite } from '../table/site.ts';
import { openTable } from '../table/table.ts';
import type { siteWords } from './words.ts';

export async function showSite(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  return json(200, shown(await siteInForce(openTable(readEnv().table))));
}

/** The same words sent again are there already. Throws RuleError 'site.conflict' when somebody else wrote other ones since. */
export async function changeSite(call: Call<v.InferOutput<typeof siteWords>>): Promise<Reply> {
  requireGroup(call, 'author');
  const table = openTable(readEnv().table);
  const { ver, ...words } = call.input;
  const item = { words, account: accountOf(call), at: new Date().toISOString(), ver: ver + 1 };
  const saved = await saveSite(table, item, ver);
  const current = shown(await siteInForce(table));
  const { address: _, ver: __, ...there } = current;
  if (!saved && !isDeepStrictEqual(there, words)) throw new RuleError('site.conflict', {}, { current });
  return json(200, current);
}

const shown = ({ title, tagline, language, owner, bio, links, menu, footer, address, ver = 0 }: Site) => ({
  title,
  tagline,
  language,
  owner,
  bio,
  links,
  menu,
  footer,
  address: address ?? null,
  ver,
});
