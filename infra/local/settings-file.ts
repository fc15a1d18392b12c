import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../functions/domain/settings.ts';
import { Failure } from './failure.ts';

const OBJECT = 'an object';
const SWITCH = 'an object, or null to switch it off';
const FIGURE = 'a number above 0';
const COUNT = 'a whole number above 0';
const SHORT = 'text of 1 to 80 characters';

/** What each setting must be, in words. */
export const SETTINGS: Readonly<Record<string, string>> = {
  site: OBJECT,
  'site.title': SHORT,
  'site.tagline': 'text of 1 to 200 characters',
  'site.language': 'a language tag like "en" or "pt-BR"',
  'site.owner': SHORT,
  'site.address': 'an origin like "https://blog.example.org", without a path',
  limits: OBJECT,
  'limits.address': SWITCH,
  'limits.address.perMinute': FIGURE,
  'limits.address.burst': COUNT,
  'limits.address.perDay': COUNT,
  'limits.post': SWITCH,
  'limits.post.perMinute': FIGURE,
  'limits.post.burst': COUNT,
  'limits.pending': `${COUNT}, or null to switch it off`,
  'limits.throttle': SWITCH,
  'limits.throttle.comment': SWITCH,
  'limits.throttle.comment.rate': FIGURE,
  'limits.throttle.comment.burst': COUNT,
  'limits.throttle.admin': SWITCH,
  'limits.throttle.admin.rate': FIGURE,
  'limits.throttle.admin.burst': COUNT,
  'limits.throttle.rest': SWITCH,
  'limits.throttle.rest.rate': FIGURE,
  'limits.throttle.rest.burst': COUNT,
};

/** The operator's settings; the defaults without a file. Throws a Failure naming the file, the key, the value and a remedy. */
export function readSettings(path: string | undefined): Settings {
  if (path === undefined) return v.parse(settingsSchema, {});
  const given = readJson(path);
  if (Array.isArray(given)) throw new Failure(`${path}: must hold an object of settings, got a list: try {}`);
  const parsed = v.safeParse(settingsSchema, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Failure(`${path}: ${complaint(issue)}`);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new Failure(`STOA_CONFIG is ${path}, and ${why}: name a file, or leave it out for the defaults`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure(`STOA_CONFIG: ${path} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue);
  if (key === null) return `must hold an object of settings, got ${brief(issue.input)}: try {}`;
  if (issue.expected === 'never') return `${key} is not a setting of Stoa: ${siblings(key)}`;
  const fallback = valueAt(v.parse(settingsSchema, {}), key);
  const remedy = fallback === undefined ? '' : `: try ${JSON.stringify(fallback)}`;
  return `${key} must be ${SETTINGS[key] ?? issue.message}, got ${brief(issue.input)}${remedy}`;
}

function siblings(key: string): string {
  const parent = key.split('.').slice(0, -1).join('.');
  const prefix = parent && `${parent}.`;
  const names = Object.keys(SETTINGS).filter(
    (name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'),
  );
  return `${parent || 'the file'} may hold ${names.map((name) => name.slice(prefix.length)).join(', ')}`;
}

function valueAt(settings: unknown, key: string): unknown {
  return key.split('.').reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], settings);
}

const brief = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
