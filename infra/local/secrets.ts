import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';

export interface Secrets {
  identityKey: string;
  originSecret: string;
  /** Opens the local table and bucket to this process and to the operator's command. */
  accessKey: string;
}

/** Made on the first start and kept: receipts and ids hang on them. */
export function keepSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  const fresh = () => randomBytes(32).toString('hex');
  const secrets: Secrets = { identityKey: fresh(), originSecret: fresh(), accessKey: fresh() };
  writeAtomically(path, JSON.stringify(secrets), 0o600);
  return secrets;
}
