import { RuleError } from '../domain/errors.ts';
import { type Call, isForm, isJson } from './call.ts';
import type { Middleware } from './middleware.ts';

/**
 * The body as an object of fields. Throws RuleError 'body.type', 'body.malformed' or 'body.encoding'; 'input.invalid'
 * for a name that every object has, `__proto__` among them.
 */
export function parse(): Middleware {
  return {
    before: function parseBody({ event }) {
      const fields = fieldsOf(event);
      event.input = fields;
      refuseInherited(fields);
    },
  };
}

function fieldsOf(call: Call): Record<string, unknown> {
  const body = textOf(call);
  const fields = isForm(call) ? parseForm(body) : isJson(call) ? parseJson(body) : null;
  if (!fields) throw new RuleError('body.type');
  return fields;
}

function refuseInherited(fields: Record<string, unknown>): void {
  const inherited = Object.keys(fields).find((name) => name in Object.prototype);
  if (inherited) throw new RuleError('input.invalid', {}, { fields: { [`field ${inherited}`]: 'is not a field' } });
}

/** What is not UTF-8 was turned into U+FFFD on its way, and cannot be told from one that was typed. */
function textOf({ body = '', isBase64Encoded }: Call): string {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (text.includes('\uFFFD')) throw new RuleError('body.encoding');
  return text;
}

function parseJson(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = HALF.test(body) || !body.isWellFormed() ? JSON.parse(body, wellFormed) : JSON.parse(body);
  } catch (cause) {
    throw new RuleError('body.malformed', {}, { cause });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new RuleError('body.malformed');
  return value as Record<string, unknown>;
}

/** Where none is spelt, the values need not be looked at one by one. */
const HALF = /\\u[dD][89a-fA-F]/;

/** JSON can spell half a character (RFC 8259 §8.2), which DynamoDB does not take: U+FFFD instead, as in a browser's form. */
const wellFormed = (_name: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);

/** URLSearchParams would turn bad bytes into U+FFFD in silence. A field sent twice becomes an array. */
function parseForm(body: string): Record<string, unknown> {
  const fields = new Map<string, string[]>();
  for (const pair of body.split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=');
    const key = decode(name);
    const values = fields.get(key);
    const text = decode(value.join('='));
    if (values) values.push(text);
    else fields.set(key, [text]);
  }
  const entries = [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
  return Object.fromEntries(entries);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch (cause) {
    throw new RuleError('body.encoding', {}, { cause });
  }
}
