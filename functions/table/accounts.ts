import { accountKey } from './keys.ts';
import type { Table } from './table.ts';

/** Who signs in, by the issuer's name for them. */
export interface AccountItem {
  /** The slug of the author they write as; null until they have said so. */
  author: string | null;
  /** Up to when they have seen what was said to them. */
  seen: string | null;
}

/** Access pattern `account`: GetItem, consistent. */
export async function readAccount(table: Table, account: string): Promise<AccountItem> {
  const { author = null, seen = null } = (await table.get<Partial<AccountItem>>(accountKey(account))) ?? {};
  return { author, seen };
}

/** Access pattern `save an account`: UpdateItem of what is given. */
export async function saveAccount(table: Table, account: string, given: Partial<AccountItem>): Promise<void> {
  const names = Object.keys(given);
  if (names.length === 0) return;
  await table.update(accountKey(account), {
    set: names.map((name) => `#${name} = :${name}`).join(', '),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(Object.entries(given).map(([name, value]) => [`:${name}`, value])),
  });
}
