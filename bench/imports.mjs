/** What one import of the SDK costs a page. */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { rolldown } from 'rolldown';
import { gate, kilobytes } from './measure.mjs';

const IMPORTS = [
  { names: 'wilson', from: 'stats', limit: 1000 },
  { names: 'winRateCount', from: 'kpi', limit: 1500 },
  { names: 'createClient', from: 'client', limit: 5000 },
  { names: 'createClient, readEnvelope', from: 'client', limit: 11_000 },
];

export const title = 'What one import costs';
export const how =
  'A module that imports the named functions of `@sama/metrics` and exports them again, bundled by rolldown for browsers, minified, and after brotli at its highest quality.';

/** Bytes of a page's module with brotli. */
async function sizeOf({ names, from }) {
  const entry = 'entry';
  const file = fileURLToPath(new URL(`../packages/metrics/dist/${from}/index.js`, import.meta.url));
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? `export { ${names} } from ${JSON.stringify(file)};` : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const code = output.map((part) => part.code ?? '').join('');
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

export async function run() {
  const gates = [];
  for (const one of IMPORTS) {
    const size = await sizeOf(one);
    const what = `import { ${one.names} } from '@sama/metrics/${one.from}', bundled, brotli`;
    gates.push(gate(what, `≤ ${kilobytes(one.limit)}`, kilobytes(size), size <= one.limit));
  }
  return { gates, figures: [] };
}
