import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'demo',
    // Whole companies are made up and asked: seconds, and more beside other tests.
    testTimeout: 60_000,
    isolate: false,
    setupFiles: ['../../scripts/clean.mjs'],
  },
});
