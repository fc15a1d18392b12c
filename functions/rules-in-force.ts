import { addressHash } from './domain/identity.ts';
import type { Rules } from './domain/rules.ts';
import { readEnv } from './env.ts';
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
  const { settings, identityKey } = readEnv();
  const item = await readRules(table);
  if (item) return item;
  return { rules: withHashes(settings.rules, identityKey), ver: 0, who: null, at: null };
}

const HASH = /^[\w-]{43}$/;

/** Addresses as they are kept: a hash stays as it is. */
export function withHashes(rules: Rules, identityKey: string): Rules {
  const { addresses } = rules.block;
  if (addresses.every((address) => HASH.test(address))) return rules;
  const hashes = addresses.map((address) => (HASH.test(address) ? address : addressHash(identityKey, address)));
  return { ...rules, block: { ...rules.block, addresses: [...new Set(hashes)] } };
}
