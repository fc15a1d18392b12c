import { linkKey, sessionKey } from './keys.ts';
import type { Table } from './table.ts';

/** What a mailed link opens, for whom, until when. Stored by the hash of its token; only the mail has the token. */
export interface Link {
  person: string;
  /** The HMAC of the address that it was mailed to. */
  address: string;
  to: 'confirm' | 'open';
  until: string;
  spent?: string;
}

const seconds = (until: string) => Math.floor(Date.parse(until) / 1000);

/** Access pattern `keep a link`: PutItem. */
export async function keepLink(table: Table, token: string, link: Link): Promise<void> {
  await table.put(linkKey(token), { ...link, ttl: seconds(link.until) });
}

/** Access pattern `link`: GetItem, consistent. Null: there is none that opens this, is in time and was not spent. */
export async function findLink(table: Table, token: string, to: Link['to'], now: Date): Promise<Link | null> {
  const link = await table.get<Link>(linkKey(token));
  return link?.to === to && link.until > now.toISOString() && !link.spent ? link : null;
}

/** Access pattern `spend a link`: UpdateItem, if it opens this, is in time and was not spent: of many one has it. Null: no. */
export async function spendLink(table: Table, token: string, to: Link['to'], now: Date): Promise<Link | null> {
  return table.update<Link>(linkKey(token), {
    set: 'spent = :now',
    condition: '#to = :to AND #until > :now AND attribute_not_exists(spent)',
    names: { '#to': 'to', '#until': 'until' },
    values: { ':to': to, ':now': now.toISOString() },
  });
}

export interface Session {
  person: string;
  address: string;
  until: string;
}

/** Access pattern `open a session`: PutItem, by the hash of the cookie's token. */
export async function openSession(table: Table, token: string, session: Session): Promise<void> {
  await table.put(sessionKey(token), { ...session, ttl: seconds(session.until) });
}

/** Access pattern `session`: GetItem, consistent. Null: there is none, or its time is over. */
export async function findSession(table: Table, token: string, now: Date): Promise<Session | null> {
  const session = await table.get<Session>(sessionKey(token));
  return session && session.until > now.toISOString() ? session : null;
}

/** Access pattern `end a session`: DeleteItem. */
export const endSession = (table: Table, token: string) => table.delete(sessionKey(token));
