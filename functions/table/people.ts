import { randomId } from '../domain/identity.ts';
import { addressKey, personKey, readerKey } from './keys.ts';
import type { Table } from './table.ts';

/** Who is behind an address: a person, and an author of the site if the address is one's. */
export interface AddressItem {
  person: string;
  author?: string;
}

/** Access pattern `address`: GetItem, consistent. Null: nobody wrote under it yet. */
export const findAddress = (table: Table, address: string) => table.get<AddressItem>(addressKey(address));

/** Access pattern `person of an address`: GetItem, consistent, and PutItem if absent. The loser reads again. */
export async function personOf(table: Table, address: string): Promise<AddressItem> {
  const known = await findAddress(table, address);
  if (known) return known;
  const fresh: AddressItem = { person: randomId() };
  return (await table.putIfAbsent(addressKey(address), fresh)) ? fresh : personOf(table, address);
}

/** Access pattern `address is an author's`: UpdateItem. */
export async function claimAddress(table: Table, address: string, author: string): Promise<void> {
  await table.update(addressKey(address), {
    set: 'author = :author, person = if_not_exists(person, :person)',
    values: { ':author': author, ':person': randomId() },
  });
}

/** Access pattern `reader of a person`: GetItem, consistent. True: this browser wrote something that was approved. */
export async function isTrusted(table: Table, person: string, reader: string): Promise<boolean> {
  const item = await table.get<{ trusted: boolean }>(readerKey(person, reader));
  return item?.trusted ?? false;
}

/** Access pattern `trust a reader`: PutItem, on a moderator's word. */
export async function trust(table: Table, person: string, reader: string): Promise<void> {
  await table.put(readerKey(person, reader), { trusted: true });
}

/** Access pattern `trust a new reader`: PutItem if absent, so that a late record brings nothing back that was taken away. */
export async function trustIfNew(table: Table, person: string, reader: string): Promise<void> {
  await table.putIfAbsent(readerKey(person, reader), { trusted: true });
}

/** Access pattern `distrust a reader`: PutItem. */
export async function distrust(table: Table, person: string, reader: string): Promise<void> {
  await table.put(readerKey(person, reader), { trusted: false });
}

/** What moderators know of a person. */
export interface PersonItem {
  blocked: boolean;
  note: string;
}

/** Access pattern `person`: GetItem, consistent. */
export async function findPerson(table: Table, person: string): Promise<PersonItem> {
  const { blocked = false, note = '' } = (await table.get<Partial<PersonItem>>(personKey(person))) ?? {};
  return { blocked, note };
}

/** Access pattern `note a person`: PutItem. */
export async function notePerson(table: Table, person: string, item: PersonItem): Promise<void> {
  await table.put(personKey(person), item);
}
