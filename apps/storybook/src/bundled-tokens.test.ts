import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { build } from 'vite';

const file = createRequire(import.meta.url).resolve('@sama/tokens/sama.css');
const themed = (css: string): number => css.match(/light-dark\(/g)?.length ?? 0;

/** The style sheet a host's build makes of the tokens. */
async function bundled(cssTarget?: string | string[]): Promise<string> {
  const result = await build({
    configFile: false,
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
  expect(readme).toContain("cssTarget: 'esnext'");
  const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];
  expect(readme).toContain(`[${browsers.map((browser) => `'${browser}'`).join(', ')}]`);
  const all = themed(readFileSync(file, 'utf8'));
  expect(all).toBeGreaterThan(20);
  expect(themed(await bundled('esnext'))).toBe(all);
  expect(themed(await bundled(browsers))).toBe(all);
  expect(themed(await bundled()), 'Vite keeps light-dark() by itself: the README need not ask for it').toBeLessThan(
    all,
  );
});
