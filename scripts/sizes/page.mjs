// The page of the sizes of the elements: `node scripts/sizes/page.mjs` writes it from what was built.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { FILES } from '../../packages/elements/scripts/files.mjs';

const root = join(import.meta.dirname, '../..');
const PAGE = join(root, 'docs/size.md');
const CDN = join(root, 'packages/elements/dist/cdn');

const brotliOf = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const gzipOf = (body) => gzipSync(body, { level: 9 }).length;
const number = (n) => n.toLocaleString('en');

const tagOf = (part) => `\`<sama-${part === 'queue' ? 'handoff-queue' : part}>\``;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) =>
  [row(heads), row(heads.map((_, i) => (i > 1 ? '---:' : '---'))), ...rows.map(row)].join('\n');

/** What one single file takes. */
function single([name, { parts, entry, minified, brotli }]) {
  const body = readFileSync(join(CDN, `${name}.js`));
  const what =
    entry === undefined
      ? parts.toSorted().map(tagOf).join(', ')
      : name === 'sama-served'
        ? 'what keeps typed text, open menus and the focus until scripts come to what a server drew'
        : parts[0] === undefined
          ? `words of ${name.includes('locale') ? 'all elements' : `what ${tagOf('funnel')} loads then,`} in another language`
          : `what ${tagOf(parts[0])} loads when it is wanted`;
  return [
    `\`${name}.js\``,
    what,
    number(body.length),
    number(minified),
    number(gzipOf(body)),
    number(brotliOf(body)),
    number(brotli),
  ];
}

/** A module of the split build and all it loads. @param {string} path within `split/` */
export function loadedBy(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(CDN, 'split', path), 'utf8');
  for (const [, to] of text.matchAll(/\b(?:from|import)\s*["'](\.[^"']+)["']/g))
    loadedBy(posix.join(dirname(path), to), seen);
  return seen;
}

const sizes = new Map();
/** Bytes of a module as brotli sends it. */
function sizeOf(path) {
  if (!sizes.has(path)) sizes.set(path, brotliOf(readFileSync(join(CDN, 'split', path))));
  return sizes.get(path);
}
const sum = (paths) => [...paths].reduce((bytes, path) => bytes + sizeOf(path), 0);

/** The page as what was built says it. */
export function page() {
  const entries = globSync('*/define.js', { cwd: join(CDN, 'split') })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
  const loaded = entries.map((path) => ({ path, files: loadedBy(path) }));
  const alone = (path) => loaded.filter(({ files }) => files.has(path)).length === 1;
  return `# Sizes

Bytes of what a page loads, as built. The tests fail when this page is not that of the build; the build fails when a file is over its limit. \`node scripts/sizes/page.mjs\` writes it anew after a build.

## One file with everything inside

${table(['File', 'Holds', 'Minified', 'at most', 'gzip', 'brotli', 'at most'], Object.entries(FILES).map(single))}

## Modules that share their parts

With brotli, each file by itself; what several elements load is loaded once.

${table(
  ['Element', 'Files', 'Of its own', 'With what it shares'],
  [
    ...loaded.map(({ path, files }) => [
      tagOf(dirname(path)),
      String(files.size),
      number(sum([...files].filter(alone))),
      number(sum(files)),
    ]),
    [
      'all',
      ...[new Set(loaded.flatMap(({ files }) => [...files]))].flatMap((all) => [
        String(all.size),
        '',
        number(sum(all)),
      ]),
    ],
  ],
)}
`;
}

/** The page as it stands in the documents. */
export const writtenPage = () => readFileSync(PAGE, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, page());
