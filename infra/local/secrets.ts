import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { Failure } from './failure.ts';

export interface Secrets {
  identityKey: string;
  originSecret: string;
  /** As in AWS, several are parted by commas. */
  addressKey: string;
  unsubscribeKey: string;
  proofKey: string;
  opinionKey: string;
  /** Opens the local table and bucket to this process and to the operator's command. */
  accessKey: string;
}

const NAMES: readonly (keyof Secrets)[] = ['identityKey', 'originSecret', 'accessKey'];
/** A folder of an earlier Stoa has none of these. */
const LATER: readonly (keyof Secrets)[] = ['addressKey', 'unsubscribeKey', 'proofKey', 'opinionKey'];

/** Made on the first start and kept: receipts and ids hang on them. Throws a Failure for a file that was spoilt. */
export function keepSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) makeSecrets(path);
  const kept = parse(readFileSync(path, 'utf8'));
  if (kept && has(kept, NAMES)) return has(kept, LATER) ? kept : grown(path, kept);
  throw new Failure(
    `${path} does not hold Stoa's secrets any more: put your copy back; without one, delete it, and receipts sent so far stop working`,
  );
}

const has = <Name extends keyof Secrets>(kept: Partial<Secrets>, names: readonly Name[]): kept is Secrets =>
  names.every((name) => typeof kept[name] === 'string' && kept[name] !== '');

/** Derived from a key that is there: of two that do this at once, both find the same. */
function grown(path: string, kept: Secrets): Secrets {
  const derived = (name: string) => Buffer.from(hkdfSync('sha256', kept.identityKey, '', name, 32)).toString('hex');
  const all = { ...Object.fromEntries(LATER.map((name) => [name, derived(name)])), ...kept };
  writeAtomically(path, JSON.stringify(all), 0o600);
  return all;
}

/** Linked into place: of two that start at once on a fresh folder, both go on with the same secrets. */
function makeSecrets(path: string): void {
  const fresh = () => randomBytes(32).toString('hex');
  const draft = `${path}.${process.pid}`;
  const secrets = Object.fromEntries([...NAMES, ...LATER].map((name) => [name, fresh()]));
  writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function parse(text: string): Partial<Secrets> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
