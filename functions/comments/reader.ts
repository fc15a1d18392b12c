import { type Call, cookie } from '../http/call.ts';

const NAME = 'stoa_reader';
const YEAR_SECONDS = 31_536_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** This browser's token, or null. It is the only right to a receipt. */
export function readerOf(call: Call): string | null {
  const token = cookie(call, NAME);
  return token && TOKEN.test(token) ? token : null;
}

/** RFC 6265; `Secure` where the page itself is: plain http is the local platform's alone. */
export function readerCookie(token: string, secure: boolean): string {
  const attributes = ['Path=/api/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${YEAR_SECONDS}`];
  return [`${NAME}=${token}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}
