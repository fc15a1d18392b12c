import { addressHash } from './domain/identity.ts';
import type { Rules } from './domain/rules.ts';
import { readEnv } from './env.ts';
import { readKeys } from './keys.ts';
import { readRules } from './table/rules.ts';
import type { Table } from './table/table.ts';

export interface InForce {
  rules: Rules;
  /** 0: they are the settings'. */
  ver: number;
  who: string | null;
  at: string | null;
}

/** The rules as moderators left them, else the settings'. */
export async function rulesInForce(table: Table): Promise<InForce> {
  const { settings } = readEnv();
  const { identityKey } = readKeys();
  const item = await readRules(table);
  if (item) return item;
  return { rules: withHashes(settings.rules, identityKey), ver: 0, who: null, at: null };
}

/** So long a function goes by the rules that it read: a list of a thousand words is not fetched and made ready for each comment of a flood. */
const KEPT_MS = 5_000;

let kept: { inForce: Promise<InForce>; settings: Rules; until: number } | undefined;

/** The same, read by this process in the last seconds. A moderator's change is in force everywhere after them. */
export function rulesLately(table: Table, now: Date): Promise<InForce> {
  const at = now.getTime();
  const { rules: settings } = readEnv().settings;
  if (kept && kept.settings === settings && at < kept.until && at >= kept.until - KEPT_MS) return kept.inForce;
  const inForce = rulesInForce(table);
  kept = { inForce, settings, until: at + KEPT_MS };
  inForce.catch(forgetRules);
  return inForce;
}

/** Whoever changed them here sees it at once. */
export function forgetRules(): void {
  kept = undefined;
}

const HASH = /^[\w-]{43}$/;

/** Addresses as they are kept: a hash stays as it is. */
export function withHashes(rules: Rules, identityKey: string): Rules {
  const { addresses } = rules.block;
  if (addresses.every((address) => HASH.test(address))) return rules;
  const hashes = addresses.map((address) => (HASH.test(address) ? address : addressHash(identityKey, address)));
  return { ...rules, block: { ...rules.block, addresses: [...new Set(hashes)] } };
}
