import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/mutation/area.test.ts'],
    // As in test/vitest.config.ts.
    env: {TZ: 'UTC'},
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
