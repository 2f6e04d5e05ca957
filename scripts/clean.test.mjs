import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { plant, script } from './planted.mjs';

const file = (body) => `import { test, vi } from 'vitest';\ntest('a', () => {\n${body}\n});\n`;
const dirty = {
  'env.test.mjs': file("process.env['LEFT'] = 'x';"),
  'clock.test.mjs': file('vi.useFakeTimers();'),
  'global.test.mjs': file("vi.stubGlobal('document', {});"),
  'fetch.test.mjs': file('globalThis.fetch = async () => new Response();'),
  'listener.test.mjs': file("process.on('SIGHUP', () => {});"),
};

let tree;
afterEach(() => tree?.remove());

test('a file that leaves the process other than it found it fails, and no other does', () => {
  tree = plant({
    ...dirty,
    'tidy.test.mjs': file(
      "vi.useFakeTimers();\nvi.stubGlobal('document', {});\nvi.unstubAllGlobals();\nvi.useRealTimers();",
    ),
    'vitest.config.mjs': `export default ${JSON.stringify({ test: { setupFiles: [script('clean.mjs')] } })};\n`,
  });
  tree.run('vitest', 'run', '--reporter=json', '--outputFile=told.json');
  const { testResults } = JSON.parse(readFileSync(join(tree.root, 'told.json'), 'utf8'));
  const failed = testResults.filter(({ status }) => status === 'failed').map(({ name }) => basename(name));
  expect(failed.toSorted()).toEqual(Object.keys(dirty).toSorted());
  expect(testResults).toHaveLength(failed.length + 1);
});
