import { defineConfig } from 'vitest/config';

/** The suites of the table, the handlers and the publisher once more, on AWS's engine and its streams; and what each access costs. */
export default defineConfig({
  test: {
    include: ['test/{table,handlers,publisher,dynamodb}/**/*.test.ts'],
    globalSetup: 'test/dynamodb/engine.ts',
    silent: 'passed-only',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
