import { Failure } from '../local/failure.ts';

/** Throws a Failure that begins with what was to be an address. */
export function checkEmail(what: string, text: string): string {
  if (/^[^<>@\s]+@[^<>@\s]+$/.test(text)) return text;
  throw new Failure(`${what} must be an address like name@example.org, got "${text}"`);
}
