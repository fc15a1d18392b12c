import { defineConfig } from 'vitest/config';

/** A story: one test after the other, up to the first that fails. */
export default defineConfig({
  test: {
    include: ['test/deploy/story.test.ts'],
    globalSetup: 'test/deploy/emulator.ts',
    reporters: 'verbose',
    silent: 'passed-only',
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
