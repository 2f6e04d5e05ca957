import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examples } from './examples.mjs';
import { toolEnv } from './run.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'sama-engines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [{ code }] = examples('engines', 'ts', 'sh');

test('the configuration of the engines page is one, in a folder where nothing is installed', () => {
  writeFileSync(join(folder, 'sama.config.ts'), code);
  const sama = (url) =>
    spawnSync('node', [join(root, 'packages/server/bin/sama.js'), 'query', 'funnel', 'lead-to-won'], {
      cwd: folder,
      env: { ...toolEnv(), SAMA_ENGINE_URL: url },
      encoding: 'utf8',
    });
  const missing = sama('');
  expect(missing.stderr).toMatch(
    /sama\.config\.ts: engine: the address of the postgresql database is missing; set SAMA_ENGINE_URL/,
  );
  const away = sama('postgresql://sama:s3cret@127.0.0.1:1/none');
  expect(away.stderr).toContain('The database cannot be reached');
  expect(away.stderr + away.stdout).not.toContain('s3cret');
  expect([missing.status, away.status]).not.toContain(0);
});
