// Builds dist/cdn: single files with everything inside for a script tag of either kind, the split build, and what pins them.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { FILES, PARTS } from './scripts/files.mjs';
import { leanLit } from './scripts/lean-lit.mjs';
import { pin } from './scripts/pin.mjs';
import { buildSplit } from './scripts/split.mjs';
import { withoutSpaces } from './scripts/tight.mjs';
import { tightPool } from './scripts/tight-pool.mjs';

const here = import.meta.dirname;
const cdn = join(here, 'dist/cdn');

rmSync(cdn, { recursive: true, force: true });
mkdirSync(cdn, { recursive: true });
const licences = [join(here, '../../LICENSE'), join(here, 'node_modules/lit/LICENSE')];
writeFileSync(
  join(cdn, 'LICENSES.txt'),
  licences.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n---\n\n') + '\n',
);

/** What a single file runs: the tags of its widgets, or a part that one of them loads later. */
const linesOf = (parts, entry) =>
  (entry === undefined ? parts.map((part) => `${part}/define`) : [entry])
    .map((file) => `import './dist/${file}.js';`)
    .join('\n');

/** A page's script that runs these parts. */
const pageOf = (page, parts, entry) => ({
  name: 'page',
  resolveId: (id) => (id === page ? id : undefined),
  // A provider first, so that it is there when the others ask.
  load: (id) => (id === page ? linesOf(parts, entry) : undefined),
});

/** Modules that others stand in for: parts come from beside the file, and leave drawing to whoever loads them. */
const inPlace = (others) => ({
  name: 'in-place',
  enforce: 'pre',
  resolveId(id) {
    const file = others[id] ?? id.match(/\/([\w-]+)-part\.js$/)?.[1].concat('-sibling.js');
    return file && join(here, globSync(`dist/*/${file}`, { cwd: here })[0]);
  },
});

/** Files loaded by an address are named as they are: what the compiler wraps around their names says nothing here. */
const plainImports = {
  name: 'plain-imports',
  transform: (code) => code.replace(/\b__rewriteRelativeImportExtension\((?=[^()]*\burl\))/g, '('),
};

/** Whether the file is within its limits; says what it takes. */
async function single(name, { parts, entry, brotli: most, minified }) {
  const page = join(here, `${name}.page.js`);
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      withoutSpaces(parts),
      leanLit,
      plainImports,
      pageOf(page, parts, entry),
      inPlace(entry === undefined ? {} : { 'lit/html.js': 'templates.js' }),
    ],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: cdn,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2023',
      // Made small below.
      minify: false,
      lib: { entry: page, formats: ['iife'], name: 'Sama', fileName: () => `${name}.js` },
    },
  });
  const path = join(cdn, `${name}.js`);
  const { file: code, brotli } = await pool.smallest(readFileSync(path, 'utf8'));
  writeFileSync(path, code);
  console.log(`${name}.js: ${code.length} bytes, ${brotli} with brotli`);
  if (code.length <= minified && brotli <= most) return true;
  console.error(`${name}.js is over its limit of ${minified} bytes, ${most} with brotli`);
  return false;
}

const pool = tightPool();
const [results] = await Promise.all([
  Promise.all(Object.entries(FILES).map(([name, file]) => single(name, file))),
  buildSplit(here, cdn, PARTS, pool),
]);
await pool.end();
pin(here, cdn);
if (results.includes(false)) process.exitCode = 1;
