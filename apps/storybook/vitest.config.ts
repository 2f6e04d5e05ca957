import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: '@sama/storybook',
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
