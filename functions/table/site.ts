import type { SiteWords } from '../domain/settings.ts';
import { siteKey } from './keys.ts';
import type { Table } from './table.ts';

/** As an author left it; until then the settings' is in force. */
export interface SiteItem {
  words: SiteWords;
  /** Who changed it last. */
  account: string;
  at: string;
  ver: number;
}

/** Access pattern `site`: GetItem, consistent. Null: nobody changed it yet. */
export const readSite = (table: Table) => table.get<SiteItem>(siteKey());

/** Access pattern `change the site`: PutItem if `ver`. False: somebody else changed it since. */
export function saveSite(table: Table, item: SiteItem, known: number): Promise<boolean> {
  if (known === 0) return table.putIfAbsent(siteKey(), item);
  return table.put(siteKey(), item, { expression: 'ver = :known', values: { ':known': known } });
}
