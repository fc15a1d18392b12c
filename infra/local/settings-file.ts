import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../functions/domain/settings.ts';
import { Failure } from './failure.ts';

/** The operator's settings; the defaults without a file. Throws a Failure naming the file, the key and the value. */
export function readSettings(path: string | undefined): Settings {
  if (path === undefined) return v.parse(settingsSchema, {});
  const parsed = v.safeParse(settingsSchema, readJson(path));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue) ?? 'the file';
  if (issue.expected === 'never') throw new Failure(`${path}: ${key} is not a setting of Stoa: remove it`);
  throw new Failure(`${path}: ${key}: ${issue.message}`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const { message } = cause as Error;
    throw new Failure(`STOA_CONFIG: ${path} cannot be read as JSON: ${message}`, { cause });
  }
}
