import type { Site } from './domain/settings.ts';
import { readEnv } from './env.ts';
import { readSite } from './table/site.ts';
import type { Table } from './table/table.ts';

/** The site as an author left it, over what the settings say; read anew each time, since a page must not show an older one. */
export const siteInForce = (table: Table): Promise<Site> => siteOver(table, readEnv().settings.site);

export async function siteOver(table: Table, settings: Site): Promise<Site> {
  const item = await readSite(table);
  return item ? { ...settings, ...item.words, ver: item.ver } : settings;
}
