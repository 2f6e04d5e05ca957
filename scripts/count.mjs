/**
 * Counts the outcome of a Vitest run. A file that cannot be loaded and an error outside every test are failures too,
 * since tests that never ran are not tests that passed.
 */
export class CountReporter {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** @param {Iterable<import('vitest/node').TestModule>} modules @param {readonly unknown[]} errors outside every test */
  onTestRunEnd(modules, errors) {
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') this.passed += 1;
        else if (state === 'skipped') this.skipped += 1;
        else failedHere += 1;
      }
      this.failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere;
    }
    this.failed += errors.length;
  }
}
