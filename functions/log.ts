import { Console } from 'node:console';
import type { Writable } from 'node:stream';
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import { currentRequest } from './correlation.ts';

/** What happened. */
export type Message =
  | 'not mailed'
  | 'not understood'
  | 'no second opinion'
  | 'not followed'
  | 'request'
  | 'failed'
  | 'published'
  | 'not published'
  | 'not scheduled'
  | 'rebuilt'
  | 'renewed'
  | 'not renewed';

const word = (shape: RegExp) => (value: unknown) =>
  typeof value === 'string' && shape.test(value) ? value : undefined;
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const listOf = (one: (value: unknown) => string | undefined) => (values: unknown) =>
  Array.isArray(values) ? values.slice(0, LISTED).map(one).filter(Boolean) : undefined;

const LISTED = 20;
const id = word(/^[\w=+/.-]{1,64}$/);
const name = word(/^[\w:.-]{1,80}$/);
const page = word(/^[a-z][\w:. -]{1,160}$/);

/** All that a line may hold besides level, time and message, and the shape it must have. Nothing here was typed by a stranger. */
const FIELDS = {
  /** The ids of the requests that it is about. */
  req: id,
  reqs: listOf(id),
  route: word(/^[A-Z]+ \/[\w{}/.-]{0,120}$/),
  status: number,
  ms: number,
  /** Of a refusal; of an error its class and, without what is in quotes or looks like an address or a token, its message. */
  code: name,
  error: name,
  reason: (value: unknown) => (typeof value === 'string' ? redacted(value) : undefined),
  pages: listOf(page),
  records: number,
  /** Of a rebuild: how far it came. */
  posts: number,
  written: number,
  finished: (value: unknown) => (typeof value === 'boolean' ? value : undefined),
  slug: name,
  /** Of a comment, within its article. */
  ref: word(/^t?\d+-\d+$/),
  /** A mail's id, what it is about, and how often it was tried. */
  mail: word(/^[\w:.-]{1,100}$/),
  kind: name,
  tries: number,
} as const;

export type Line = { [Field in keyof typeof FIELDS]?: NonNullable<ReturnType<(typeof FIELDS)[Field]>> };

/** One line of JSON each: to CloudWatch, or to where the local platform sends it. An operator may ask Lambda for faults alone. */
export const log = {
  info: (message: Message, line: Line): void => logger.info(message, line),
  error: (message: Message, line: Line, cause: unknown): void =>
    logger.error(message, { ...line, ...described(cause) }),
};

/** The console is Powertools' own, and private to its types. */
export function writeLinesTo(stdout: Writable, stderr: Writable): void {
  Reflect.set(logger, 'console', new Console({ stdout, stderr }));
}

type Written = Parameters<LogFormatter['formatAttributes']>;

/** Whatever is handed to the logger, only what FIELDS allows comes out; with the id of the request that asked for it, where one did. */
class AllowedFields extends LogFormatter {
  formatAttributes({ logLevel, timestamp, message }: Written[0], given: Written[1]): LogItem {
    const time = timestamp.toISOString();
    const line = allowed({ req: currentRequest(), ...given });
    return new LogItem({ attributes: { level: logLevel, time, message: redacted(message), ...line } });
  }
}

function allowed(given: object): Line {
  const line: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    if (Object.hasOwn(FIELDS, field)) line[field] = FIELDS[field as keyof typeof FIELDS](value);
  }
  return line;
}

function described(cause: unknown): Line {
  const { name, message } = cause instanceof Error ? cause : new Error('not an error');
  return { error: name, reason: message };
}

/** A parser's or the SDK's message quotes what it was given: from the first quotation mark to the last, since what was given may hold some. */
const redacted = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/(["'`]).*\1/gs, '…')
    .replace(/["'`][^"'`]*$/, '…')
    .replace(/\S*@\S*/g, '…')
    .replace(/[\w-]{40,}/g, '…')
    .slice(0, 200);

const logger = new Logger({ logFormatter: new AllowedFields() });
