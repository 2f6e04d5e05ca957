/*
 * `pnpm test`: builds, runs every test of every package and app, and closes with one line: N passed, N failed.
 * usage: node scripts/test.mjs [FILTER …]
 */
import { startVitest } from 'vitest/node';
import { chromiumArgs, findChromium } from './chromium.mjs';
import { CountReporter } from './count.mjs';
import { succeeds } from './run.mjs';

const counts = new CountReporter();
try {
  process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE'] = findChromium();
  console.log(`Chromium: ${process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE']} ${chromiumArgs().join(' ')}`);
  if (!succeeds('turbo', ['run', 'build', '--continue=dependencies-successful', '--output-logs=errors-only'])) {
    console.error('The build failed, which counts as one failure; the tests run on what was built.');
    counts.failed += 1;
  }
  const vitest = await startVitest('test', process.argv.slice(2), {
    watch: false,
    // All cores: without it one stays idle, and of two that is half. Projects take it from here only.
    maxWorkers: '100%',
    reporters: [process.env['CI'] === undefined ? 'default' : 'dot', counts],
  });
  await vitest.close();
} catch (error) {
  console.error(error);
  counts.failed += 1;
}
if (counts.passed + counts.failed === 0) {
  console.error('No test ran.');
  counts.failed = 1;
}
if (counts.skipped > 0) console.log(`${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
console.log(`${counts.passed} passed, ${counts.failed} failed`);
