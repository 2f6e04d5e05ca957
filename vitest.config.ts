import { defineConfig } from 'vitest/config';

/** Each package and app is a project, with its own configuration where it needs one (a browser, a longer limit). */
export default defineConfig({
  test: {
    // All cores: without it one stays idle, and of two that is half.
    maxWorkers: '100%',
    projects: [
      'packages/*',
      'apps/*',
      { test: { name: 'scripts', include: ['scripts/**/*.test.mjs'], testTimeout: 60_000 } },
    ],
  },
});
