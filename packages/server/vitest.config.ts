import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'server',
    // Stores are written and histories compared by the hundred; a busy machine takes its time.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Drivers and databases are loaded once, not by each file.
    isolate: false,
    setupFiles: ['../../scripts/clean.mjs'],
  },
});
