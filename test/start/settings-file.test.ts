import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenericSchema } from 'valibot';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { readSettings, SETTINGS } from '../../infra/local/settings-file.ts';
import { temporaryFolder } from '../support/process.ts';

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
    'FILE: limits.throttle must be an object, or null to switch it off, got false: try {"comment":{"rate":5,"burst":10},"admin":{"rate":5,"burst":10},"rest":{"rate":20,"burst":40}}',
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
    '{ "limits": null }',
    'FILE: limits must be an object, got null: try {"address":{"perMinute":1,"burst":5,"perDay":30},"post":{"perMinute":20,"burst":40},"pending":500,"throttle":{"comment":{"rate":5,"burst":10},"admin":{"rate":5,"burst":10},"rest":{"rate":20,"burst":40}}}',
  ],
  [
    '{ "limits": { "trottle": {} } }',
    'FILE: limits.trottle is not a setting of Stoa: limits may hold address, post, pending, throttle',
  ],
  ['{ "title": "Mine" }', 'FILE: title is not a setting of Stoa: the file may hold site, limits'],
  ['{ "site": { "title": "" } }', 'FILE: site.title must be text of 1 to 80 characters, got "": try "Stoa"'],
  [
    '{ "site": { "address": "https://blog.example.org/blog/" } }',
    'FILE: site.address must be an origin like "https://blog.example.org", without a path, got "https://blog.example.org/blog/"',
  ],
  [
    '{ "site": { "language": "English" } }',
    'FILE: site.language must be a language tag like "en" or "pt-BR", got "English": try "en"',
  ],
  ['[]', 'FILE: must hold an object of settings, got a list: try {}'],
  ['7', 'FILE: must hold an object of settings, got 7: try {}'],
])('the settings %s are refused in one line that says what to do', async (text, words) => {
  expect(await refusal(text)).toBe(words);
});

test('what is not JSON is refused in one line, however many it has', async () => {
  const words = await refusal('{\n  "site": {\n    title: "Mine"\n  }\n}\n');

  expect(words).toMatch(/^STOA_CONFIG: FILE is not JSON: [^\n]+$/);
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
    throttle: { comment: { rate: 50, burst: 10 }, admin: { rate: 5, burst: 10 }, rest: null },
  });
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
