import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenericSchema } from 'valibot';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { readSettings, SETTINGS, settingsPath } from '../../infra/settings-file.ts';
import { failToStart, start, temporaryFolder } from '../support/process.ts';

async function refusal(text: string): Promise<string> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'stoa.json');
  await writeFile(path, text);
  try {
    readSettings(path);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ name: 'Failure' });
    return (error as Error).message.replaceAll(path, 'FILE');
  }
}

test.each([
  [
    '{ "limits": { "throttle": { "comment": { "rate": "fast" } } } }',
    'FILE: limits.throttle.comment.rate must be a number above 0, got "fast": try 5',
  ],
  [
    '{ "limits": { "throttle": { "rest": { "burst": 1.5 } } } }',
    'FILE: limits.throttle.rest.burst must be a whole number above 0, got 1.5: try 40',
  ],
  [
    '{ "limits": { "throttle": false } }',
    'FILE: limits.throttle must be an object, or null to switch it off, got false: try {"comment":{"rate":5,"burst":10},"challenge":{"rate":10,"burst":20},"admin":{"rate":5,"burst":10},"subscribe":{"rate":1,"burst":5},"rest":{"rate":20,"burst":40}}',
  ],
  [
    '{ "limits": { "address": { "perDay": -1 } } }',
    'FILE: limits.address.perDay must be a whole number above 0, got -1: try 30',
  ],
  [
    '{ "limits": { "pending": "many" } }',
    'FILE: limits.pending must be a whole number above 0, or null to switch it off, got "many": try 500',
  ],
  [
    '{ "limits": { "refusedDays": 0 } }',
    'FILE: limits.refusedDays must be a whole number of days, from 1 to 3650, or null for ever, got 0: try 90',
  ],
  [
    '{ "limits": null }',
    'FILE: limits must be an object, got null: try {"address":{"perMinute":1,"burst":5,"perDay":30},"post":{"perMinute":20,"burst":40},"pending":500,"editMinutes":15,"refusedDays":90,"throttle":{"comment":{"rate":5,"burst":10},"challenge":{"rate":10,"burst":20},"admin":{"rate":5,"burst":10},"subscribe":{"rate":1,"burst":5},"rest":{"rate":20,"burst":40}}}',
  ],
  [
    '{ "limits": { "trottle": {} } }',
    'FILE: limits.trottle is not a setting of Stoa: limits may hold address, post, pending, editMinutes, refusedDays, throttle',
  ],
  [
    '{ "title": "Mine" }',
    'FILE: title is not a setting of Stoa: the file may hold site, signIn, mail, limits, rules, proof, opinion, conversation, aws',
  ],
  ['{ "site": { "title": "" } }', 'FILE: site.title must be text of 1 to 80 characters, got "": try "Stoa"'],
  [
    '{ "site": { "address": "https://blog.example.org/blog/" } }',
    'FILE: site.address must be an origin like "https://blog.example.org", without a path, got "https://blog.example.org/blog/"',
  ],
  [
    '{ "site": { "language": "English" } }',
    'FILE: site.language must be a language tag like "en" or "pt-BR", got "English": try "en"',
  ],
  [
    '{ "aws": { "domain": { "name": "blog.example.org" } } }',
    'FILE: aws.domain must be an object with "name", and with "zone" (the id of its hosted zone) or "certificate" (an ARN in us-east-1) or both, got {"name":"blog.example.org"}',
  ],
  [
    '{ "aws": { "domain": { "name": "https://blog.example.org", "zone": "Z0123456789" } } }',
    'FILE: aws.domain.name must be a host name like "blog.example.org", in lower case, got "https://blog.example.org"',
  ],
  [
    '{ "aws": { "domain": { "name": "blog.example.org", "certificate": "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b" } } }',
    'FILE: aws.domain.certificate must be an ARN like "arn:aws:acm:us-east-1:123456789012:certificate/…", and in us-east-1, got "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b"',
  ],
  [
    '{ "aws": { "logDays": 31 } }',
    'FILE: aws.logDays must be a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 …, got 31: try 30',
  ],
  [
    '{ "aws": { "originSecret": 0 } }',
    'FILE: aws.originSecret must be a whole number from 1 to 999999, one more than at the last rotation, got 0: try 1',
  ],
  [
    '{ "opinion": { "service": "webhook" } }',
    'FILE: opinion must be null, or an object with "service", and for a webhook with "url", got {"service":"webhook","seconds":2}: try null',
  ],
  [
    '{ "opinion": { "service": "webhook", "url": "http://spam.example.org/" } }',
    'FILE: opinion.url must be an https address without credentials, query or fragment, got "http://spam.example.org/"',
  ],
  [
    '{ "opinion": { "service": "akismet", "seconds": 30 } }',
    'FILE: opinion.seconds must be a number from 0.1 to 3, got 30',
  ],
  ['[]', 'FILE: must hold an object of settings, got a list: try {}'],
  ['7', 'FILE: must hold an object of settings, got 7: try {}'],
])('the settings %s are refused in one line that says what to do', async (text, words) => {
  expect(await refusal(text)).toBe(words);
});

test('what is not JSON is refused in one line, however many it has', async () => {
  const words = await refusal('{\n  "site": {\n    title: "Mine"\n  }\n}\n');

  expect(words).toMatch(/^FILE is not JSON: [^\n]+$/);
});

test('npm start and cdk refuse a wrong value with the same line', async () => {
  await using folder = await temporaryFolder();
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "aws": { "logDays": "many" } }');

  const said = await Promise.all([
    failToStart(join(folder.path, 'data'), { STOA_CONFIG: config }),
    start(['infra/app.ts'], { STOA_CONFIG: config }).exited,
  ]);

  for (const { code, stderr } of said) {
    expect(code).toBe(1);
    expect(stderr).toMatch(/^stoa: .*stoa\.json: aws\.logDays must be [^\n]+, got "many": try 30\n$/);
  }
});

test('cdk refuses a wrong stage in one line', async () => {
  const { code, stderr } = await start(['infra/app.ts'], { STOA_STAGE: 'Prod' }).exited;

  expect(code).toBe(1);
  expect(stderr).toMatch(/^stoa: the stage [^\n]+, got "Prod": try "prod"\n$/);
});

test('the file that is named is taken, else stoa.json where the command runs, else the defaults', async () => {
  await using folder = await temporaryFolder();
  const before = process.cwd();
  process.chdir(folder.path);
  try {
    expect(settingsPath({})).toBeUndefined();
    await writeFile('stoa.json', '{}');
    expect(settingsPath({})).toBe('stoa.json');
    expect(settingsPath({ STOA_CONFIG: '' })).toBe('stoa.json');
    expect(settingsPath({ STOA_CONFIG: 'next.json' })).toBe('next.json');
  } finally {
    process.chdir(before);
  }
});

test('settings in part take the defaults for the rest, and null switches a limit off', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'stoa.json');
  const limits = { address: { burst: 9 }, post: null, throttle: { comment: { rate: 50 }, rest: null } };
  await writeFile(path, JSON.stringify({ site: { title: 'Mine' }, limits }));

  const settings = readSettings(path);

  expect(settings.site).toEqual({ ...readSettings(undefined).site, title: 'Mine' });
  expect(settings.limits).toEqual({
    address: { perMinute: 1, burst: 9, perDay: 30 },
    post: null,
    pending: 500,
    editMinutes: 15,
    refusedDays: 90,
    throttle: {
      comment: { rate: 50, burst: 10 },
      challenge: { rate: 10, burst: 20 },
      admin: { rate: 5, burst: 10 },
      subscribe: { rate: 1, burst: 5 },
      rest: null,
    },
  });
});

test('settings that a function has no room for are refused, and the longest list is named', async () => {
  const words = Array.from({ length: 300 }, (_, n) => `casino number ${n}`);

  expect(await refusal(JSON.stringify({ rules: { block: { words } } }))).toMatch(
    /^FILE: the settings take \d+ bytes of JSON, and a function has room for 3000; rules.block.words is \d+ of them: keep long lists in the rules of the authors’ room$/,
  );
  expect(await refusal(JSON.stringify({ rules: { block: { words: words.slice(0, 100) } } }))).toBe('taken');
});

test("the README's settings are the defaults, all of them", async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];

  expect(JSON.parse(shown)).toEqual(readSettings(undefined));
});

test('every setting has words for what it must be', () => {
  expect(Object.keys(SETTINGS).toSorted()).toEqual(keysOf(settingsSchema as unknown as Shape).toSorted());
});

type Shape = GenericSchema & { entries?: Record<string, Shape>; wrapped?: Shape };

function keysOf(shape: Shape, prefix = ''): string[] {
  if (shape.wrapped) return keysOf(shape.wrapped, prefix);
  return Object.entries(shape.entries ?? {}).flatMap(([name, inner]) => [
    `${prefix}${name}`,
    ...keysOf(inner, `${prefix}${name}.`),
  ]);
}
