import { randomId } from '../domain/identity.ts';
import { addressKey, personKey, personPk, READER_PREFIX, readerKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';

/** Who is behind an address: a person, and an author of the site if the address is one's. */
export interface AddressItem {
  person: string;
  author?: string;
  /** When a mailed link was last sent there, while nobody had spent one, and that somebody has. */
  linked?: string;
  proven?: true;
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

/** Access pattern `prove an address`: UpdateItem EMAIL: who reads its mails has spent a link. */
export async function proveAddress(table: Table, address: string): Promise<void> {
  await table.update(addressKey(address), {
    set: 'proven = :yes',
    condition: 'attribute_exists(person)',
    values: { ':yes': true },
  });
}

const UNPROVEN_MS = 30 * 86_400_000;

/**
 * Access pattern `allow a link`: UpdateItem EMAIL, if it is proven or none was mailed there for 30 days; refused, Query of
 * the person's readers, of whom one is trusted. Anybody can write under any address, and have this mailed there.
 */
export async function allowLink(table: Table, address: string, person: string, now: Date): Promise<boolean> {
  const allowed = await table.update(addressKey(address), {
    set: 'linked = :now',
    condition:
      'attribute_exists(person) AND (attribute_exists(proven) OR attribute_not_exists(linked) OR linked <= :before)',
    values: { ':now': now.toISOString(), ':before': new Date(now.getTime() - UNPROVEN_MS).toISOString() },
  });
  return allowed !== null || isKnown(table, person);
}

/** Whether a comment of theirs was let in, and not taken back. */
async function isKnown(table: Table, person: string): Promise<boolean> {
  const readers = await queryAll<{ trusted?: boolean }>(table, {
    pk: personPk(person),
    where: 'begins_with(#sk, :prefix)',
    values: { ':prefix': READER_PREFIX },
  });
  return readers.some(({ trusted }) => trusted);
}

/** Access pattern `reader of a person`: GetItem, consistent. True: this browser wrote something that was approved. */
export async function isTrusted(table: Table, person: string, reader: string): Promise<boolean> {
  const item = await table.get<{ trusted: boolean }>(readerKey(person, reader));
  return item?.trusted ?? false;
}

/** Whose browser it was, and the comment whose approval made it known. */
export interface Writer {
  id: string;
  person: string;
  reader: string;
}

/** Access pattern `trust a reader`: UpdateItem unless it is trusted, on a moderator's word. */
export async function trust(table: Table, { id, person, reader }: Writer): Promise<void> {
  await table.update(readerKey(person, reader), {
    set: 'trusted = :yes, through = :id',
    condition: 'attribute_not_exists(trusted) OR trusted <> :yes',
    values: { ':yes': true, ':id': id },
  });
}

/**
 * Access pattern `trust a new reader`: GetItem, consistent, and PutItem if absent, so that a late record brings nothing
 * back that was taken away.
 */
export async function trustIfNew(table: Table, { id, person, reader }: Writer): Promise<void> {
  const key = readerKey(person, reader);
  if (!(await table.get(key))) await table.putIfAbsent(key, { trusted: true, through: id });
}

/** Access pattern `take trust back`: UpdateItem if this comment gave it: its approval was undone. */
export async function takeTrustBack(table: Table, { id, person, reader }: Writer): Promise<void> {
  await table.update(readerKey(person, reader), {
    set: 'trusted = :no',
    condition: 'through = :id',
    values: { ':no': false, ':id': id },
  });
}

/** Access pattern `distrust a reader`: PutItem. */
export async function distrust(table: Table, { person, reader }: Writer): Promise<void> {
  await table.put(readerKey(person, reader), { trusted: false });
}

/** Access pattern `readers of a person`: Query of one partition, consistent. */
export async function readersOf(table: Table, person: string): Promise<string[]> {
  const items = await queryAll<{ trusted?: boolean }>(table, {
    pk: personPk(person),
    where: 'begins_with(#sk, :prefix)',
    values: { ':prefix': READER_PREFIX },
  });
  return items.map(({ sk }) => sk.slice(READER_PREFIX.length));
}

/**
 * Access pattern `forget a person`: `readers of a person`, DeleteItem of each, of PERSON and of EMAIL. Who is blocked stays
 * so, and an author's address stays theirs.
 */
export async function forgetPerson(table: Table, person: string, address: string): Promise<void> {
  for (const reader of await readersOf(table, person)) await table.delete(readerKey(person, reader));
  const { blocked } = await findPerson(table, person);
  if (blocked) return;
  await table.delete(personKey(person));
  await table.delete(addressKey(address), { expression: 'attribute_not_exists(author)' });
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

/** Access pattern `note a person`: UpdateItem of what is given, so that a block leaves another's note alone. */
export async function notePerson(table: Table, person: string, given: Partial<PersonItem>): Promise<void> {
  const names = Object.keys(given);
  await table.update(personKey(person), {
    set: names.map((name) => `#${name} = :${name}`).join(', '),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(Object.entries(given).map(([name, value]) => [`:${name}`, value])),
  });
}
