import type { MailSettings, Site } from '../domain/settings.ts';
import { type Env, readEnv } from '../env.ts';
import { readKeys } from '../keys.ts';
import { siteOver } from '../site-in-force.ts';
import { openTable, type Table } from '../table/table.ts';
import { openPostbox, type Postbox } from './postbox.ts';

/** All that writing and sending mails takes. */
export interface Office {
  table: Table;
  site: Site;
  settings: MailSettings;
  /** The site's address, without a slash at its end. */
  url: string;
  identityKey: string;
  addressKeys: readonly string[];
  unsubscribeKeys: readonly string[];
  postbox: Postbox;
  /** Whether strangers are asked for a proof of work. */
  proofs: boolean;
  now(): Date;
}

/** Null: this site sends no mail. */
export async function openOffice(env: Env = readEnv()): Promise<Office | null> {
  const { mail } = env.settings;
  if (!mail) return null;
  const table = openTable(env.table);
  const site = await siteOver(table, env.settings.site);
  const { url } = env;
  const { identityKey, addressKeys, unsubscribeKeys } = readKeys();
  return {
    table,
    site,
    settings: mail,
    url,
    identityKey,
    addressKeys,
    unsubscribeKeys,
    postbox: openPostbox(site.title, mail.from),
    proofs: env.settings.proof !== null,
    now: () => new Date(),
  };
}
