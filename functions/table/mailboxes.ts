import type { Pace } from '../domain/mail.ts';
import { mailboxKey, personPk, SUBSCRIPTION_PREFIX, sentKey, subscriptionKey, suppressedKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';

/** Where a person's mail goes. It is kept until `until`, and read by nobody after, deleted or not. */
export interface Mailbox {
  /** The address, with the person as its place. */
  sealed: string;
  /** Its HMAC. */
  address: string;
  /** ISO 8601 UTC. */
  until: string;
  /** The mail that asked for a confirmation, and when its button was pressed. */
  asked?: string;
  confirmed?: string;
  /** Left out: each reply by a mail of its own. */
  pace?: Pace;
}

export interface Subscription {
  comment: string;
  post: string;
  until: string;
}

const seconds = (until: string) => Math.floor(Date.parse(until) / 1000);

/**
 * Access pattern `subscribe`: UpdateItem MAILBOX, whose confirmation stays, and PutItem of the subscription. Nothing is
 * mailed to a mailbox that is not confirmed, but the one question.
 */
export async function subscribe(
  table: Table,
  person: string,
  { sealed, address }: Pick<Mailbox, 'sealed' | 'address'>,
  { comment, post, until }: Subscription,
): Promise<void> {
  await table.update(mailboxKey(person), {
    set: 'sealed = :sealed, address = :address, #until = :until, #ttl = :ttl',
    names: { '#until': 'until', '#ttl': 'ttl' },
    values: { ':sealed': sealed, ':address': address, ':until': until, ':ttl': seconds(until) },
  });
  await table.put(subscriptionKey(person, comment), { comment, post, until, ttl: seconds(until) });
}

/** Access pattern `mailbox`: GetItem, consistent. Null: there is none, or its time is over. */
export async function findMailbox(table: Table, person: string, now: Date): Promise<Mailbox | null> {
  return current(await table.get<Mailbox>(mailboxKey(person)), now);
}

/** Access pattern `subscription`: GetItem, consistent. Null: they did not ask, or its time is over. */
export async function findSubscription(table: Table, person: string, comment: string, now: Date) {
  return current(await table.get<Subscription>(subscriptionKey(person, comment)), now);
}

/** Access pattern `subscriptions`: Query of one partition, consistent. */
export async function subscriptionsOf(table: Table, person: string, now: Date): Promise<Subscription[]> {
  const items = await queryAll<Subscription>(table, {
    pk: personPk(person),
    where: 'begins_with(#sk, :prefix)',
    values: { ':prefix': SUBSCRIPTION_PREFIX },
  });
  return items.filter((item) => current(item, now));
}

/** Access pattern `ask once`: UpdateItem MAILBOX, unless another mail asked. False: one did, or it is confirmed. */
export async function markAsked(table: Table, person: string, mail: string): Promise<boolean> {
  const asked = await table.update(mailboxKey(person), {
    set: 'asked = :mail',
    condition:
      'attribute_exists(sealed) AND attribute_not_exists(confirmed) AND (attribute_not_exists(asked) OR asked = :mail)',
    values: { ':mail': mail },
  });
  return asked !== null;
}

/** Access pattern `confirm a mailbox`: UpdateItem MAILBOX. False: there is none any more. */
export async function confirmMailbox(table: Table, person: string, now: Date): Promise<boolean> {
  const confirmed = await table.update(mailboxKey(person), {
    set: 'confirmed = if_not_exists(confirmed, :now)',
    condition: 'attribute_exists(sealed)',
    values: { ':now': now.toISOString() },
  });
  return confirmed !== null;
}

/** Access pattern `choose a pace`: UpdateItem MAILBOX if it is there. */
export async function choosePace(table: Table, person: string, pace: Pace): Promise<void> {
  await table.update(mailboxKey(person), {
    set: 'pace = :pace',
    condition: 'attribute_exists(sealed)',
    values: { ':pace': pace },
  });
}

/** Access pattern `stop mail`: `subscriptions`, DeleteItem of each and of MAILBOX, with the address. */
export async function stopMail(table: Table, person: string): Promise<void> {
  await table.delete(mailboxKey(person));
  for (const { comment } of await subscriptionsOf(table, person, new Date(0)))
    await unsubscribe(table, person, comment);
}

/** Access pattern `unsubscribe`: DeleteItem. */
export const unsubscribe = (table: Table, person: string, comment: string) =>
  table.delete(subscriptionKey(person, comment));

/** What is counted apart: mails to a commenter, the links among them, mails to a moderator. */
export type Counted = 'mails' | 'links' | 'reminders';

/** Access pattern `count a mail`: UpdateItem SENT of the day, if fewer than `most` went there. False: that many did. */
export async function countMail(
  table: Table,
  address: string,
  what: Counted,
  { now, most }: { now: Date; most: number },
): Promise<boolean> {
  const counted = await table.update(sentKey(address, now.toISOString().slice(0, 10)), {
    set: '#what = if_not_exists(#what, :zero) + :one, #ttl = :ttl',
    condition: 'attribute_not_exists(#what) OR #what < :most',
    names: { '#what': what, '#ttl': 'ttl' },
    values: { ':zero': 0, ':one': 1, ':most': most, ':ttl': Math.floor(now.getTime() / 1000) + 2 * 86_400 },
  });
  return counted !== null;
}

/** Access pattern `suppress an address`: PutItem. */
export async function suppress(
  table: Table,
  address: string,
  reason: 'bounce' | 'complaint',
  now: Date,
): Promise<void> {
  await table.put(suppressedKey(address), { reason, at: now.toISOString() });
}

/** Access pattern `is suppressed`: GetItem, consistent. */
export async function isSuppressed(table: Table, address: string): Promise<boolean> {
  return (await table.get(suppressedKey(address))) !== null;
}

const current = <T extends { until: string }>(item: T | null, now: Date): T | null =>
  item && item.until > now.toISOString() ? item : null;
