import { RuleError } from '../domain/errors.ts';
import { viewerHash } from '../domain/identity.ts';
import { readEnv } from '../env.ts';
import { readKeys } from '../keys.ts';
import { chargeAddress } from '../table/quotas.ts';
import { openTable } from '../table/table.ts';
import type { Middleware } from './middleware.ts';
import { viewerOf } from './viewer.ts';

const DAY_MS = 86_400_000;

/** Throws RuleError 'quota.address' {seconds} when too much came from one address; `scope` is what is counted. */
export function quota(scope: 'comment' | 'edit' | 'report' | 'link'): Middleware {
  return {
    before: async function chargeSender({ event }) {
      const { table, settings } = readEnv();
      const { identityKey } = readKeys();
      const rate = settings.limits.address;
      if (!rate) return;
      const now = new Date();
      const network = viewerOf(event);
      const hashOn = (time: number) => viewerHash(identityKey, network, new Date(time).toISOString().slice(0, 10));
      const whose = { today: hashOn(now.getTime()), yesterday: () => hashOn(now.getTime() - DAY_MS) };
      const seconds = await chargeAddress(openTable(table), scope, whose, rate, now);
      if (seconds !== null) throw new RuleError('quota.address', { seconds });
    },
  };
}
