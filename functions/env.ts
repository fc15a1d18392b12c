import * as v from 'valibot';
import { askedOf } from './domain/opinion.ts';
import { type Settings, type Site, settingsSchema } from './domain/settings.ts';

/**
 * What the platform hands to a function, read in this module alone, and its keys in keys.ts. A function is given what its access in the manifest
 * names; reading anything else throws an Error naming the variable that is not set.
 */
export interface Env {
  /** The table's name. Its endpoint, where it is not AWS's own, is AWS_ENDPOINT_URL_DYNAMODB. */
  readonly table: string;
  /** The bucket's base address, without a trailing slash. */
  readonly bucketUrl: string;
  /** Where pictures are sent to: the base address of the uploads' bucket. */
  readonly uploadsUrl: string;
  /** What signs the forms that pictures are sent by. */
  readonly uploadsKey: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };
  readonly settings: Settings;
  /** Where the site is for those who read its mails, and for whoever is asked for an opinion: an origin. */
  readonly url: string;
  /** The distribution's secret header values that are accepted: current, previous. */
  readonly originSecrets: readonly string[];
}

let known: { settings: string | undefined; env: Env } | undefined;

/** Read once, and again only after the settings changed. */
export function readEnv(): Env {
  const settings = process.env.STOA_SETTINGS;
  if (!known || known.settings !== settings) known = { settings, env: read(process.env) };
  return known.env;
}

function read(from: NodeJS.ProcessEnv): Env {
  return {
    settings: withOffers(v.parse(settingsSchema, JSON.parse(from.STOA_SETTINGS ?? '{}'))),
    get table() {
      return required(from, 'STOA_TABLE');
    },
    get bucketUrl() {
      return required(from, 'STOA_BUCKET_URL');
    },
    get uploadsUrl() {
      return required(from, 'STOA_UPLOADS_URL');
    },
    get uploadsKey() {
      const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN, STOA_UPLOADS_SECRET } = from;
      // A browser is shown the id; on one machine the usual one opens everything.
      if (STOA_UPLOADS_SECRET) return { accessKeyId: 'uploads', secretAccessKey: STOA_UPLOADS_SECRET };
      return {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        sessionToken: AWS_SESSION_TOKEN,
      };
    },
    get url() {
      return required(from, 'STOA_URL');
    },
    get originSecrets() {
      return required(from, 'STOA_ORIGIN_SECRETS').split(',').filter(Boolean);
    },
  };
}

/** Pages offer mail only where there is some, and say who else is shown a comment. */
const withOffers = (settings: Settings): Settings => {
  const { mail, opinion } = settings;
  const asks = opinion ? { asks: askedOf(opinion) } : {};
  const site: Site = { ...settings.site, mails: Boolean(mail), ...asks };
  return { ...settings, site };
};

export function required(from: NodeJS.ProcessEnv, name: string): string {
  const value = from[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
