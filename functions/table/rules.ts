import type { Rules } from '../domain/rules.ts';
import { rulesKey } from './keys.ts';
import type { Table } from './table.ts';

/** As a moderator left them; until then the settings' are in force. */
export interface RulesItem {
  rules: Rules;
  who: string;
  at: string;
  ver: number;
}

/** Access pattern `rules`: GetItem, consistent. Null: nobody changed them yet. */
export const readRules = (table: Table) => table.get<RulesItem>(rulesKey());

/** Access pattern `change the rules`: PutItem if `ver`. False: somebody else changed them since. */
export function saveRules(table: Table, item: RulesItem, known: number): Promise<boolean> {
  const expression = known === 0 ? 'attribute_not_exists(pk)' : 'ver = :known';
  return table.put(rulesKey(), item, { expression, ...(known === 0 ? {} : { values: { ':known': known } }) });
}
