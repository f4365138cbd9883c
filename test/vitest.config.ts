import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    // It has no tests of its own.
    exclude: ['test/mutation/area.test.ts'],
    // The time zone of programs, so that they can be compared with Node.
    env: {TZ: 'UTC'},
    globalSetup: ['test/leaves-nothing.ts'],
    setupFiles: ['test/after-each-file.ts'],
    // Far beyond what anything takes on a busy machine: what hangs is all that they end.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Tests that run side by side start two processes each.
    maxConcurrency: 3,
  },
});
