import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.mjs';

/** Each package and app is a project, with its own configuration where it needs one (a browser, a longer limit). */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      'packages/*',
      'apps/*',
      {
        test: {
          name: 'scripts',
          include: ['scripts/**/*.test.mjs'],
          testTimeout: 60_000,
          isolate: false,
          setupFiles: ['scripts/clean.mjs'],
        },
      },
    ],
  },
});
