import * as v from 'valibot';
import { askedOf } from './domain/opinion.ts';
import { type Settings, type Site, settingsSchema } from './domain/settings.ts';
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
  /** What signs the forms that pictures are sent by. */
  readonly uploadsKey: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };
  readonly settings: Settings;
  /** Key of the HMAC that turns addresses and comments into ids. Never rotated. */
  readonly identityKey: string;
  /** Keys that addresses are sealed with, the oldest first; the last one seals. */
  readonly addressKeys: readonly string[];
  /** Keys of the links that stop mails, the oldest first; all are accepted, the last one is used. */
  readonly unsubscribeKeys: readonly string[];
  /** What Akismet knows this site by, or what signs what a webhook is asked. Given where the settings ask for an opinion. */
  readonly opinionKey: string;
  /** Where the site is for those who read its mails, and for whoever is asked for an opinion: an origin. */
  readonly url: string;
  /** Key of the HMAC that signs challenges. May be changed at any time: what was not answered by then is held. */
  readonly proofKey: string;
  /** The distribution's secret header values that are accepted: current, previous. */
  readonly originSecrets: readonly string[];
}

const KEYS = ['IDENTITY', 'ADDRESS', 'PROOF', 'UNSUBSCRIBE', 'OPINION'] as const;

/** Fetched once while the function starts, where the platform gives a key by its name and not by its value. */
const fetched = new Map(await Promise.all(KEYS.map(fetchKey)));

async function fetchKey(name: (typeof KEYS)[number]) {
  const parameter = process.env[`STOA_${name}_PARAMETER`];
  return [name, parameter ? await readParameter(parameter) : undefined] as const;
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
    get identityKey() {
      return keyNamed(from, 'IDENTITY');
    },
    get addressKeys() {
      return keyNamed(from, 'ADDRESS').split(',');
    },
    get proofKey() {
      return keyNamed(from, 'PROOF');
    },
    get opinionKey() {
      return keyNamed(from, 'OPINION');
    },
    get unsubscribeKeys() {
      return keyNamed(from, 'UNSUBSCRIBE').split(',');
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

const keyNamed = (from: NodeJS.ProcessEnv, name: (typeof KEYS)[number]): string =>
  fetched.get(name) ?? required(from, `STOA_${name}_KEY`);

function required(from: NodeJS.ProcessEnv, name: string): string {
  const value = from[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
