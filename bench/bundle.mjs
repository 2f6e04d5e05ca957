/** What a page loads: the single files with everything in them, and what is an element's own. */
import { globSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { loadedBy } from '../scripts/sizes/page.mjs';
import { gate, kilobytes } from './measure.mjs';

const CDN = new URL('../packages/elements/dist/cdn/', import.meta.url);
/** The most bytes of each single file: as brotli sends it, and minified. */
const FILES = {
  'sama-funnel.js': [25_000, 100_000],
  'sama-scorecard.js': [26_000, 128_000],
  'sama-handoff-queue.js': [36_000, 128_000],
  'sama-glossary.js': [28_000, 128_000],
  'sama.js': [64_000],
};
/** The most bytes, with gzip, of what an element has for itself; a tile and the card of tiles are one. */
const OWN = { '<sama-funnel>': [['funnel'], 11_000], '<sama-scorecard> with <sama-kpi>': [['scorecard', 'kpi'], 9000] };

export const title = 'The single file';
export const how =
  'The size of the files `packages/elements/dist/cdn/sama-*.js` as they are built, and after brotli at its highest quality, as a server sends them; what they load when it is wanted is not in it, and stands in [Sizes](size.md). An element without Lit is what of the split build it alone loads: its class, chart, styles and English words, without lit-html, the client, and the base and states that all elements share; with gzip.';

const bodyOf = (path) => readFileSync(new URL(path, CDN));

/** The modules of the split build that only these elements load. */
function ownOf(elements) {
  const entries = globSync('*/define.js', { cwd: new URL('split/', CDN) }).map((path) => path.replaceAll('\\', '/'));
  const isTheirs = (path) => elements.includes(path.split('/')[0]);
  const loaded = (paths) => new Set(paths.flatMap((path) => [...loadedBy(path)]));
  const others = loaded(entries.filter((path) => !isTheirs(path)));
  return [...loaded(entries.filter(isTheirs))].filter((path) => !others.has(path));
}

const line = (what, most, bytes) => gate(what, `≤ ${kilobytes(most)}`, kilobytes(bytes), bytes <= most);

export async function run() {
  const files = Object.entries(FILES).flatMap(([name, [brotli, minified]]) => {
    const body = bodyOf(name);
    const sent = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    const what = `${name}, everything included`;
    return [
      line(`${what}, brotli`, brotli, sent),
      ...(minified === undefined ? [] : [line(`${what}, minified`, minified, body.length)]),
    ];
  });
  const own = Object.entries(OWN).map(([name, [elements, most]]) => {
    const text = ownOf(elements)
      .map((path) => bodyOf(`split/${path}`))
      .join('\n');
    return line(`${name} without Lit and what all elements share, gzip`, most, gzipSync(text, { level: 9 }).length);
  });
  return { gates: [...files, ...own], figures: [] };
}
