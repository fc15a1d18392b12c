import * as v from 'valibot';
import { type Settings, settingsSchema } from './domain/settings.ts';

/** What the platform hands to every function, read in this module alone. */
export interface Env {
  /** The table's name. Its endpoint, where it is not AWS's own, is AWS_ENDPOINT_URL_DYNAMODB. */
  table: string;
  /** The bucket's base address, without a trailing slash. */
  bucketUrl: string;
  settings: Settings;
  /** Key of the HMAC that turns addresses and comments into ids. Never rotated. */
  identityKey: string;
  /** The distribution's secret header values that are accepted: current, previous. */
  originSecrets: readonly string[];
}

let known: { settings: string | undefined; env: Env } | undefined;

/** Read once, and again only after the settings changed. Throws an Error naming the variable that is not set. */
export function readEnv(): Env {
  const settings = process.env.STOA_SETTINGS;
  if (!known || known.settings !== settings) known = { settings, env: read(process.env) };
  return known.env;
}

function read(from: NodeJS.ProcessEnv): Env {
  return {
    table: required(from, 'STOA_TABLE'),
    bucketUrl: required(from, 'STOA_BUCKET_URL'),
    settings: v.parse(settingsSchema, JSON.parse(from.STOA_SETTINGS ?? '{}')),
    identityKey: required(from, 'STOA_IDENTITY_KEY'),
    originSecrets: required(from, 'STOA_ORIGIN_SECRETS').split(','),
  };
}

function required(from: NodeJS.ProcessEnv, name: string): string {
  const value = from[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
