import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'metrics',
    // A thousand random histories take their time on a busy machine.
    testTimeout: 120_000,
    // Most files are short, and all of them load the same modules: half of the time went there.
    isolate: false,
    setupFiles: ['../../scripts/clean.mjs'],
  },
});
