import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';

export interface Secrets {
  identityKey: string;
  originSecret: string;
  /** Opens the local table and bucket to this process and to the operator's command. */
  accessKey: string;
}

const NAMES: readonly (keyof Secrets)[] = ['identityKey', 'originSecret', 'accessKey'];

/** Made on the first start and kept: receipts and ids hang on them. Throws a Failure for a file that was spoilt. */
export function keepSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) makeSecrets(path);
  const kept = parse(readFileSync(path, 'utf8'));
  if (NAMES.every((name) => typeof kept?.[name] === 'string' && kept[name] !== '')) return kept as Secrets;
  throw new Failure(
    `${path} does not hold Stoa's secrets any more: put your copy back; without one, delete it, and receipts sent so far stop working`,
  );
}

/** Linked into place: of two that start at once on a fresh folder, both go on with the same secrets. */
function makeSecrets(path: string): void {
  const fresh = () => randomBytes(32).toString('hex');
  const draft = `${path}.${process.pid}`;
  const secrets: Secrets = { identityKey: fresh(), originSecret: fresh(), accessKey: fresh() };
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
