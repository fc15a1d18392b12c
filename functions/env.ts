import * as v from 'valibot';
import { type Settings, settingsSchema } from './domain/settings.ts';
import { readParameter } from './secrets.ts';

/**
 * What the platform hands to a function, read in this module alone. A function is given what its access in the manifest
 * names; reading anything else throws an Error naming the variable that is not set.
 */
export interface Env {
  /** The table's name. Its endpoint, where it is not AWS's own, is AWS_ENDPOINT_URL_DYNAMODB. */
  readonly table: string;
  /** The bucket's base address, without a trailing slash. */
  readonly bucketUrl: string;
  /** Where pictures are sent to: the base address of the uploads' bucket. */
  readonly uploadsUrl: string;
  readonly settings: Settings;
  /** Key of the HMAC that turns addresses and comments into ids. Never rotated. */
  readonly identityKey: string;
  /** The distribution's secret header values that are accepted: current, previous. */
  readonly originSecrets: readonly string[];
}

/** Fetched once while the function starts, where the platform gives the key by its name and not by its value. */
const parameter = process.env.STOA_IDENTITY_PARAMETER;
const identityKey = parameter ? await readParameter(parameter) : undefined;

let known: { settings: string | undefined; env: Env } | undefined;

/** Read once, and again only after the settings changed. */
export function readEnv(): Env {
  const settings = process.env.STOA_SETTINGS;
  if (!known || known.settings !== settings) known = { settings, env: read(process.env) };
  return known.env;
}

function read(from: NodeJS.ProcessEnv): Env {
  return {
    table: required(from, 'STOA_TABLE'),
    settings: v.parse(settingsSchema, JSON.parse(from.STOA_SETTINGS ?? '{}')),
    get bucketUrl() {
      return required(from, 'STOA_BUCKET_URL');
    },
    get uploadsUrl() {
      return required(from, 'STOA_UPLOADS_URL');
    },
    get identityKey() {
      return identityKey ?? required(from, 'STOA_IDENTITY_KEY');
    },
    get originSecrets() {
      return required(from, 'STOA_ORIGIN_SECRETS').split(',').filter(Boolean);
    },
  };
}

function required(from: NodeJS.ProcessEnv, name: string): string {
  const value = from[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
