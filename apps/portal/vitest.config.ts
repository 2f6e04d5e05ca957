import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'portal',
    include: ['src/**/*.test.ts'],
    // A browser and a server start for these.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
