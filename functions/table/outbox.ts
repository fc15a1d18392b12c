import type { Mail } from '../domain/mail.ts';
import { type Key, outboxKey, parseKey } from './keys.ts';
import type { Table } from './table.ts';

/** A mail that is to be sent, and later the mark that it was: the same occasion never makes another. */
export interface OutboxItem {
  mail?: Mail;
  /** ISO 8601 UTC; how often it was taken up, and once it is dealt with, what became of it. */
  created: string;
  tries: number;
  outcome?: Outcome;
  /** Of a digest: the comments that it gathers. */
  about?: string[];
}

export type Outcome = 'sent' | 'dropped' | 'given up';

const QUEUE = 'outbox';
/** Of the mark: longer than any stream record or retry lives. */
const KEPT_SECONDS = 30 * 86_400;

const queuedAt = (due: Date, id: string) => `${due.toISOString()}#${id}`;

/** Access pattern `put in the outbox`: PutItem if absent. False: it is there, or was sent. */
export function putInOutbox(table: Table, id: string, mail: Mail, { now, due = now }: { now: Date; due?: Date }) {
  const item: OutboxItem = { mail, created: now.toISOString(), tries: 0 };
  const ttl = Math.floor(now.getTime() / 1000) + KEPT_SECONDS;
  return table.putIfAbsent(outboxKey(id), { ...item, queue: QUEUE, queuedAt: queuedAt(due, id), ttl });
}

/** Of one digest; the mail says no more of the others. */
const GATHERED = 50;

/**
 * Access pattern `add to a digest`: UpdateItem OUTBOX, which it makes where there is none, unless the comment is among those
 * it gathers, or it was taken up; refused, GetItem. False: it was taken up without this one.
 */
export async function addToDigest(
  table: Table,
  id: string,
  comment: string,
  { person, now, due }: { person: string; now: Date; due: Date },
): Promise<boolean> {
  const added = await table.update<OutboxItem>(outboxKey(id), {
    set: [
      'about = list_append(if_not_exists(about, :none), :comments)',
      'mail = if_not_exists(mail, :mail)',
      'created = if_not_exists(created, :now)',
      'tries = if_not_exists(tries, :zero)',
      'queue = :queue',
      'queuedAt = :due',
      '#ttl = :ttl',
    ].join(', '),
    condition:
      'attribute_not_exists(pk) OR (tries = :zero AND attribute_exists(queuedAt) AND NOT contains(about, :comment) AND size(about) < :most)',
    names: { '#ttl': 'ttl' },
    values: {
      ':none': [],
      ':comments': [comment],
      ':comment': comment,
      ':mail': { kind: 'digest', person } satisfies Mail,
      ':now': now.toISOString(),
      ':zero': 0,
      ':queue': QUEUE,
      ':due': queuedAt(due, id),
      ':ttl': Math.floor(now.getTime() / 1000) + KEPT_SECONDS,
      ':most': GATHERED,
    },
  });
  if (added) return true;
  const { about = [], tries = 0 } = (await table.get<OutboxItem>(outboxKey(id))) ?? {};
  return about.includes(comment) || (tries === 0 && about.length >= GATHERED);
}

/**
 * Access pattern `claim a mail`: UpdateItem of its due time into the future, if it is due: of many one has it, and when that
 * one dies it is due again after the lease. Null: it is not due, or was dealt with.
 */
export async function claimMail(table: Table, id: string, now: Date, leaseMs: number): Promise<OutboxItem | null> {
  return table.update<OutboxItem>(outboxKey(id), {
    set: 'queuedAt = :lease, tries = tries + :one',
    condition: 'queuedAt <= :now',
    values: { ':lease': queuedAt(new Date(now.getTime() + leaseMs), id), ':now': `${now.toISOString()}#~`, ':one': 1 },
  });
}

/** Access pattern `settle a mail`: UpdateItem, out of the queue, without what it said and to whom. */
export async function settleMail(table: Table, id: string, outcome: Outcome): Promise<void> {
  await table.update(outboxKey(id), {
    set: 'outcome = :outcome',
    remove: 'queue, queuedAt, mail',
    condition: 'attribute_exists(queuedAt)',
    values: { ':outcome': outcome },
  });
}

/** Access pattern `put a mail off`: UpdateItem of its due time. */
export async function putOff(table: Table, id: string, due: Date): Promise<void> {
  await table.update(outboxKey(id), {
    set: 'queuedAt = :due',
    condition: 'attribute_exists(queuedAt)',
    values: { ':due': queuedAt(due, id) },
  });
}

/** Access pattern `mails that are due`: Query of the queue index, the longest due first. An index may be late: claim them. */
export async function dueMails(table: Table, now: Date, limit: number): Promise<string[]> {
  const { items } = await table.query<Key>({
    pk: QUEUE,
    index: 'queue',
    where: '#sk <= :now',
    values: { ':now': `${now.toISOString()}#~` },
    limit,
  });
  return items.flatMap((key) => {
    const parsed = parseKey(key);
    return parsed.kind === 'outbox' ? [parsed.mail] : [];
  });
}
