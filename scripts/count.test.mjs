import { expect, test } from 'vitest';
import { CountReporter } from './count.mjs';

/** @param {string} state of the file @param {readonly string[]} tests states of its tests */
const file = (state, tests) => ({
  state: () => state,
  children: { allTests: () => tests.map((result) => ({ result: () => ({ state: result }) })) },
});

test('tests are counted by their outcome', () => {
  const counts = new CountReporter();
  counts.onTestRunEnd([file('failed', ['passed', 'failed', 'skipped']), file('passed', ['passed'])], []);
  expect(counts).toMatchObject({ passed: 2, failed: 1, skipped: 1 });
});

test('a file that cannot be loaded, a test that never ended and an error outside of tests are failures', () => {
  const counts = new CountReporter();
  counts.onTestRunEnd([file('failed', []), file('failed', ['passed']), file('failed', ['pending'])], [new Error('x')]);
  expect(counts).toMatchObject({ passed: 1, failed: 4 });
});
