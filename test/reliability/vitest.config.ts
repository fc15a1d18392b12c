import { defineConfig } from 'vitest/config';
import { INVARIANTS } from './invariants.ts';

const onDynamoDb = process.env.STOA_ENGINE === 'dynamodb';

/**
 * What must hold under faults, from seeds. `SEEDS` and `KILLS` for longer, `STOA_SEED` for the one that failed,
 * `STOA_ENGINE=dynamodb` for AWS's own engine in place of dynalite.
 */
export default defineConfig({
  test: {
    include: INVARIANTS.filter(({ local }) => !(local && onDynamoDb)).map(({ file }) => file),
    ...(onDynamoDb ? { globalSetup: 'test/dynamodb/engine.ts' } : {}),
    setupFiles: ['test/support/quiet-log.ts'],
    reporters: ['default', 'test/reliability/reporter.ts'],
    env: { KILLS: process.env.KILLS ?? '20' },
    silent: 'passed-only',
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
});
