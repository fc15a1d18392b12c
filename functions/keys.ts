import { required } from './env.ts';
import { readParameter } from './secrets.ts';

/** The keys that a function's access in the manifest names; reading another throws an Error naming the variable that is not set. */
export interface Keys {
  /** Of the HMAC that turns addresses and comments into ids. Never rotated. */
  readonly identityKey: string;
  /** What addresses are sealed with, the oldest first; the last one seals. */
  readonly addressKeys: readonly string[];
  /** Of the links that stop mails, the oldest first; all are accepted, the last one is used. */
  readonly unsubscribeKeys: readonly string[];
  /** What Akismet knows this site by, or what signs what a webhook is asked. Given where the settings ask for an opinion. */
  readonly opinionKey: string;
  /** Of the HMAC that signs challenges. May be changed at any time: what was not answered by then is held. */
  readonly proofKey: string;
}

const NAMES = ['IDENTITY', 'ADDRESS', 'PROOF', 'UNSUBSCRIBE', 'OPINION'] as const;

/** Fetched once while the function starts, where the platform gives a key by its name and not by its value. */
const fetched = new Map(await Promise.all(NAMES.map(fetchKey)));

async function fetchKey(name: (typeof NAMES)[number]) {
  const parameter = process.env[`STOA_${name}_PARAMETER`];
  return [name, parameter ? await readParameter(parameter) : undefined] as const;
}

export const readKeys = (): Keys => KEYS;

const KEYS: Keys = {
  get identityKey() {
    return keyNamed('IDENTITY');
  },
  get addressKeys() {
    return keyNamed('ADDRESS').split(',');
  },
  get unsubscribeKeys() {
    return keyNamed('UNSUBSCRIBE').split(',');
  },
  get opinionKey() {
    return keyNamed('OPINION');
  },
  get proofKey() {
    return keyNamed('PROOF');
  },
};

const keyNamed = (name: (typeof NAMES)[number]): string =>
  fetched.get(name) ?? required(process.env, `STOA_${name}_KEY`);
