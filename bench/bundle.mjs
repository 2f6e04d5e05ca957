/** What a page loads for one funnel: the single file with everything in it. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { gate, kilobytes } from './measure.mjs';

const FILE = new URL('../packages/elements/dist/cdn/sama-funnel.js', import.meta.url);
const LIMITS = { brotli: 25_000, minified: 100_000 };

export const title = 'The single file';
export const how =
  'The size of `packages/elements/dist/cdn/sama-funnel.js` as it is built, and after brotli at its highest quality, as a server sends it.';

export async function run() {
  const code = readFileSync(FILE);
  const sizes = {
    brotli: brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
    minified: code.length,
  };
  const line = (kind) =>
    gate(
      `sama-funnel.js, everything included, ${kind}`,
      `≤ ${kilobytes(LIMITS[kind])}`,
      kilobytes(sizes[kind]),
      sizes[kind] <= LIMITS[kind],
    );
  return { gates: [line('brotli'), line('minified')], figures: [] };
}
