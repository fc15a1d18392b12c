import { join } from 'node:path';
import { writeAtomically } from '../local/atomic-file.ts';
import { Failure } from '../local/failure.ts';
import { keepSecrets } from '../local/secrets.ts';
import type { KeyStore } from './keys.ts';

/** Of a data folder. A server that runs on it has the keys it started with. */
export const localKeys = (dir: string, served: boolean): KeyStore => ({
  async read() {
    const { identityKey, addressKey, unsubscribeKey } = keepSecrets(dir);
    return { identity: identityKey, address: addressKey, unsubscribe: unsubscribeKey };
  },
  async write({ identity, address, unsubscribe }) {
    if (served) throw new Failure(`the server on ${dir} works with other keys: stop it, and run the command again`);
    const keys = { identityKey: identity, addressKey: address, unsubscribeKey: unsubscribe };
    writeAtomically(join(dir, 'secrets.json'), JSON.stringify({ ...keepSecrets(dir), ...keys }), 0o600);
  },
});
