import { createHash } from 'node:crypto';
import type { Keys } from '../keys.ts';
import type { Manifest } from './manifest.ts';

/** They tell keys apart and give none away: a key is 32 random bytes. */
export const fingerprints = ({ identity, address, unsubscribe }: Keys): Manifest['keys'] => ({
  identity: fingerprint(identity),
  address: fingerprint(address),
  unsubscribe: fingerprint(unsubscribe),
});

const fingerprint = (key: string) => createHash('sha256').update(key).digest('hex');
