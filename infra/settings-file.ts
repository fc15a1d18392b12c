import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Settings, settingsSchema } from '../functions/domain/settings.ts';
import { Failure } from './local/failure.ts';

/** Taken without being named, so that no command and no deployment forgets it. */
const FILE = 'stoa.json';

const OBJECT = 'an object';
const SWITCH = 'an object, or null to switch it off';
const FIGURE = 'a number above 0';
const COUNT = 'a whole number above 0';
const ADDRESS = 'an e-mail address like "stoa@blog.example.org"';
const LIMIT = `${COUNT}, or null to switch it off`;
const SHORT = 'text of 1 to 80 characters';

/** Lambda hands a function 4 KB of environment, of which the names of what it may use take a part. */
const ROOM_BYTES = 3_000;

/** What each setting must be, in words. */
export const SETTINGS: Readonly<Record<string, string>> = {
  site: OBJECT,
  'site.title': SHORT,
  'site.tagline': 'text of 1 to 200 characters',
  'site.language': 'a language tag like "en" or "pt-BR"',
  'site.owner': SHORT,
  'site.bio': 'text of at most 500 characters, for the owner’s card on the front page',
  'site.links': 'a list of up to 8 {"label", "href"}',
  'site.menu': 'a list of up to 8 {"label", "href"}',
  'site.footer': 'a list of up to 12 {"label", "href"}',
  'site.address': 'an origin like "https://blog.example.org", without a path',
  signIn: 'an object with "issuer" and "clientId"',
  'signIn.issuer': 'an https address like "https://login.example.org/", as the provider’s tokens name it',
  'signIn.clientId': 'text of 1 to 200 characters: the public client that the provider knows Stoa as',
  'signIn.audience': 'text of 1 to 200 characters: the audience of the access tokens, if it is not the client’s id',
  'signIn.groupsClaim': 'the name of the claim that lists the groups of an account',
  'signIn.signOutUrl': 'an https address',
  'signIn.endpoints': 'a list of up to 4 origins like "https://tokens.example.org"',
  mail: 'an object, or null for no mail at all',
  'mail.from': ADDRESS,
  'mail.moderators': 'a list of at most 20 e-mail addresses',
  'mail.digest': '"at-once", "hourly" or "daily"',
  'mail.keepDays': 'a whole number of days, from 1 to 3650',
  'mail.perDay': OBJECT,
  'mail.perDay.person': COUNT,
  'mail.perDay.links': COUNT,
  'mail.perDay.moderator': COUNT,
  limits: OBJECT,
  'limits.address': SWITCH,
  'limits.address.perMinute': FIGURE,
  'limits.address.burst': COUNT,
  'limits.address.perDay': COUNT,
  'limits.post': SWITCH,
  'limits.post.perMinute': FIGURE,
  'limits.post.burst': COUNT,
  'limits.pending': LIMIT,
  'limits.editMinutes': 'a number of minutes, 0 for not at all, or null for ever',
  'limits.refusedDays': 'a whole number of days, from 1 to 3650, or null for ever',
  'limits.throttle': SWITCH,
  'limits.throttle.comment': SWITCH,
  'limits.throttle.comment.rate': FIGURE,
  'limits.throttle.comment.burst': COUNT,
  'limits.throttle.challenge': SWITCH,
  'limits.throttle.challenge.rate': FIGURE,
  'limits.throttle.challenge.burst': COUNT,
  'limits.throttle.admin': SWITCH,
  'limits.throttle.admin.rate': FIGURE,
  'limits.throttle.admin.burst': COUNT,
  'limits.throttle.subscribe': SWITCH,
  'limits.throttle.subscribe.rate': FIGURE,
  'limits.throttle.subscribe.burst': COUNT,
  'limits.throttle.rest': SWITCH,
  'limits.throttle.rest.rate': FIGURE,
  'limits.throttle.rest.burst': COUNT,
  rules: OBJECT,
  'rules.firstTime': 'true or false',
  'rules.links': OBJECT,
  'rules.links.hold': LIMIT,
  'rules.links.spam': LIMIT,
  'rules.longest': LIMIT,
  'rules.lookalike': 'true or false',
  'rules.block': OBJECT,
  'rules.block.words': 'a list of at most 500 words or phrases of 2 to 80 characters',
  'rules.block.domains': 'a list of at most 500 domains like "example.com"',
  'rules.block.addresses': 'a list of at most 500 e-mail addresses',
  proof: SWITCH,
  'proof.work': 'a whole number from 1 to 10000000',
  'proof.minutes': COUNT,
  'proof.seconds': COUNT,
  opinion: 'null, or an object with "service", and for a webhook with "url"',
  'opinion.service': '"akismet" or "webhook"',
  'opinion.url': 'an https address without credentials, query or fragment',
  'opinion.seconds': 'a number from 0.1 to 3',
  conversation: OBJECT,
  'conversation.closeAfterDays': LIMIT,
  'conversation.holdAfterReports': LIMIT,
  aws: OBJECT,
  'aws.domain':
    'an object with "name", and with "zone" (the id of its hosted zone) or "certificate" (an ARN in us-east-1) or both',
  'aws.domain.name': 'a host name like "blog.example.org", in lower case',
  'aws.domain.zone': 'the id of a hosted zone like "Z0123456789ABCDEFGHIJ"',
  'aws.domain.certificate': 'an ARN like "arn:aws:acm:us-east-1:123456789012:certificate/…", and in us-east-1',
  'aws.alarms': OBJECT,
  'aws.alarms.email': 'an address like name@example.org',
  'aws.alarms.budget': `${FIGURE}, or null to switch it off`,
  'aws.logDays':
    'a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 …',
  'aws.originSecret': 'a whole number from 1 to 999999, one more than at the last rotation',
};

/** Where the operator's settings are: the file that STOA_CONFIG names, else stoa.json in the working directory if there is one. */
export const settingsPath = ({ STOA_CONFIG }: NodeJS.ProcessEnv): string | undefined =>
  STOA_CONFIG || (existsSync(FILE) ? FILE : undefined);

/** The operator's settings; the defaults without a file. Throws a Failure naming the file, the key, the value and a remedy. */
export function readSettings(path: string | undefined): Settings {
  if (path === undefined) return v.parse(settingsSchema, {});
  const given = readJson(path);
  if (Array.isArray(given)) throw new Failure(`${path}: must hold an object of settings, got a list: try {}`);
  const parsed = v.safeParse(settingsSchema, given);
  if (!parsed.success) throw new Failure(`${path}: ${complaint(parsed.issues[0])}`);
  const { aws: _, ...told } = parsed.output;
  const size = Buffer.byteLength(JSON.stringify(told));
  if (size > ROOM_BYTES) throw new Failure(`${path}: ${tooLong(told, size)}`);
  return parsed.output;
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new Failure(`STOA_CONFIG is ${path}, and ${why}: name a file, or leave it out for ${FILE} or the defaults`, {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure(`${path} is not JSON: ${(cause as Error).message}`, { cause });
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

/** Names the longest list: of all settings, only lists can be so long. */
function tooLong(told: object, size: number): string {
  const [key, bytes] = listsOf(told).reduce((one, other) => (other[1] > one[1] ? other : one));
  const remedy = key.startsWith('rules.') ? 'keep long lists in the rules of the authors’ room' : 'shorten it';
  return `the settings take ${size} bytes of JSON, and a function has room for ${ROOM_BYTES}; ${key} is ${bytes} of them: ${remedy}`;
}

function listsOf(value: object, prefix = ''): [string, number][] {
  return Object.entries(value).flatMap(([name, one]): [string, number][] => {
    if (Array.isArray(one)) return [[prefix + name, Buffer.byteLength(JSON.stringify(one))]];
    return one !== null && typeof one === 'object' ? listsOf(one, `${prefix}${name}.`) : [];
  });
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
