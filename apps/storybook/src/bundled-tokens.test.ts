import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type InlineConfig } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { examples } from '../../../scripts/examples.mjs';

const file = createRequire(import.meta.url).resolve('@sama/tokens/sama.css');
const PATH = [join(import.meta.dirname, '..', 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
const themed = (css: string): number => css.match(/light-dark\(/g)?.length ?? 0;

/** The style sheet a host's build makes of the tokens. */
async function bundled({
  configFile,
  cssTarget,
}: Pick<InlineConfig, 'configFile'> & Pick<BuildOptions, 'cssTarget'> = {}): Promise<string> {
  const result = await build({
    configFile: configFile ?? false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: file }, ...(cssTarget === undefined ? {} : { cssTarget }) },
  });
  const outputs = 'close' in result ? [] : [result].flat().flatMap(({ output }) => output);
  return outputs
    .map((output) => (output.type === 'asset' && output.fileName.endsWith('.css') ? String(output.source) : ''))
    .join('');
}

test('the settings in the README of the tokens keep both themes in a bundle, and the default does not', async () => {
  const readme = readFileSync(new URL('../../../packages/tokens/README.md', import.meta.url), 'utf8');
  const [example] = examples('vite', 'ts');
  // Beside what it imports.
  const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.sama-', import.meta.url)));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const configFile = join(folder, 'vite.config.ts');
  writeFileSync(configFile, example?.code ?? '');
  const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];
  expect(readme).toContain(`[${browsers.map((browser) => `'${browser}'`).join(', ')}]`);
  const all = themed(readFileSync(file, 'utf8'));
  expect(all).toBeGreaterThan(20);
  expect(
    spawnSync('tsc', ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', configFile], {
      env: { ...process.env, PATH },
    }).status,
  ).toBe(0);
  expect(themed(await bundled({ configFile }))).toBe(all);
  expect(themed(await bundled({ cssTarget: browsers }))).toBe(all);
  expect(themed(await bundled()), 'Vite keeps light-dark() by itself: the README need not ask for it').toBeLessThan(
    all,
  );
});
