import { RuleError } from '../domain/errors.ts';
import { readerHash, readerToken } from '../domain/identity.ts';
import { type Call, cookie } from '../http/call.ts';
import { endSession, findSession, openSession, type Session } from '../table/links.ts';
import type { Table } from '../table/table.ts';

const NAME = 'stoa_me';
const SECONDS = 1_800;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Whose things this browser may see for now. Null: nobody's. */
export async function sessionOf(table: Table, call: Call): Promise<Session | null> {
  const token = tokenOf(call);
  return token ? findSession(table, readerHash(token), new Date()) : null;
}

/** Throws RuleError 'session.over'. */
export async function requireSession(table: Table, call: Call): Promise<Session> {
  const session = await sessionOf(table, call);
  if (!session) throw new RuleError('session.over');
  return session;
}

/** Half an hour for whoever spent a mailed link. Gives the cookie. */
export async function begin(table: Table, of: Omit<Session, 'until'>, secure: boolean): Promise<string> {
  const token = readerToken();
  await openSession(table, readerHash(token), { ...of, until: new Date(Date.now() + SECONDS * 1000).toISOString() });
  return cookieOf(token, SECONDS, secure);
}

/** Gives the cookie that takes the cookie away. */
export async function end(table: Table, call: Call, secure: boolean): Promise<string> {
  const token = tokenOf(call);
  if (token) await endSession(table, readerHash(token));
  return cookieOf('', 0, secure);
}

function tokenOf(call: Call): string | null {
  const token = cookie(call, NAME);
  return token && TOKEN.test(token) ? token : null;
}

/** RFC 6265. */
const cookieOf = (token: string, seconds: number, secure: boolean) =>
  [
    `${NAME}=${token}`,
    'Path=/api/',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${seconds}`,
    ...(secure ? ['Secure'] : []),
  ].join('; ');
