// Builds dist/cdn/*.js: one file each, with everything inside, for a script tag of either kind.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';

const here = import.meta.dirname;
/** Bytes a single file may have minified, unless it says more. */
const MINIFIED = 100_000;
/** Single files: what each defines, and the bytes it may have, minified and as brotli sends it. */
const FILES = {
  'sama-funnel': { parts: ['funnel'], brotli: 29_400 },
  'sama-handoff-queue': { parts: ['queue'], minified: 106_000, brotli: 34_500 },
  'sama-scorecard': { parts: ['scorecard', 'kpi'], brotli: 28_100 },
  'sama-provider': { parts: ['provider', 'filter'], brotli: 19_500 },
};

/** Style sheets and templates without what is there for their authors, and only the tokens that are used. */
const withoutSpaces = (parts) => ({
  name: 'without-spaces',
  transform(code, id) {
    if (id.endsWith('/generated/lines.js'))
      return code.replace(/(?<=')[^']+/, (lines) => usedLines(lines.split('|'), usedTokens(parts)).join('|'));
    if (id.endsWith('.styles.js')) return code.replace(/css `[^`]+`/g, tightSheet);
    return code
      .replace(/(?<=>)\s*\n\s*(?=[<$])|(?<=\})\s*\n\s*(?=[<>])|(?<=<\/\w+)\s*\n\s*(?=>)/g, '')
      .replace(/(?<=<\w+[^`<>]*)\s*\n\s*(?=[\w@?.-]+=|>)/g, (_, at, all) => (all[at + _.length] === '>' ? '' : ' '))
      .replace(/><\/(circle|line|path|rect)>/g, '/>');
  },
});

const tightSheet = (sheet) =>
  sheet
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/@media \(/g, '@media(')
    .replace(/='(\w+)'\]/g, '=$1]')
    .replace(/::(?=before|after)/g, ':')
    .replace(/;\}/g, '}')
    .replace(/(?<![\d.])0(?=\.\d)/g, '');

const namesIn = (text) => [...text.matchAll(/--_([a-z]+(?:-[a-z]+)*)\b/g)].map(([, token]) => token);

/** Tokens that a style names as `--_token`; code names none that no style names. Rules name the first three. */
const usedTokens = (parts) =>
  globSync(`dist/{${parts},internal}/*.js`, { cwd: here })
    .flatMap((file) => namesIn(readFileSync(join(here, file), 'utf8')))
    .concat('accent', 'surface', 'text');

/** The lines of tokens that are used, by a style or by another token that is. */
function usedLines(lines, tokens) {
  const used = new Set(tokens);
  const isUsed = (line) => used.has(line.split(';')[0]);
  for (const line of [...lines, ...lines]) if (isUsed(line)) for (const name of namesIn(line)) used.add(name);
  return lines.filter(isUsed);
}

/** For terser. */
const TIGHT = {
  ecma: 2020,
  compress: {
    passes: 4,
    inline: 1,
    sequences: false,
    pure_getters: true,
    unsafe: true,
    unsafe_arrows: true,
    unsafe_comps: true,
    unsafe_math: true,
    unsafe_methods: true,
  },
};

const NOTICE = '/*! MIT; Lit: BSD-3-Clause. LICENSES.txt */';
const brotliOf = (code) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** Rounds of minifying: each names by how often names are used, and which of them repeat well differs each time. */
const ROUNDS = [{}, {}, { keep_fargs: false }, {}, { sequences: true }];

/** The round of the script that takes the fewest bytes. */
async function smallest(script) {
  const tries = [];
  let code = script;
  for (const round of ROUNDS) {
    ({ code = '' } = await minify(code, { ...TIGHT, compress: { ...TIGHT.compress, hoist_funs: true, ...round } }));
    const file = Buffer.from(`${NOTICE}\n${code}`);
    tries.push({ file, brotli: brotliOf(file) });
  }
  return tries.toSorted((a, b) => a.brotli - b.brotli)[0];
}

const licences = [join(here, '../../LICENSE'), join(here, 'node_modules/lit/LICENSE')];
mkdirSync(join(here, 'dist/cdn'), { recursive: true });
writeFileSync(
  join(here, 'dist/cdn/LICENSES.txt'),
  licences.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n---\n\n') + '\n',
);

let over = false;
for (const [name, { parts, minified = MINIFIED, brotli: most }] of Object.entries(FILES)) {
  const page = join(here, `${name}.page.js`);
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      withoutSpaces(parts),
      {
        name: 'page',
        resolveId: (id) => (id === page ? id : undefined),
        load: (id) => (id === page ? parts.map((part) => `import './dist/${part}/define.js';`).join('\n') : undefined),
      },
    ],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist/cdn',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2023',
      minify: 'terser',
      terserOptions: TIGHT,
      lib: { entry: page, formats: ['iife'], name: 'Sama', fileName: () => `${name}.js` },
    },
  });
  const path = join(here, 'dist/cdn', `${name}.js`);
  const { file: code, brotli } = await smallest(readFileSync(path, 'utf8'));
  writeFileSync(path, code);
  console.log(`${name}.js: ${code.length} bytes, ${brotli} with brotli`);
  if (code.length > minified || brotli > most) {
    console.error(`${name}.js is over its limit of ${minified} bytes, ${most} with brotli`);
    over = true;
  }
}
if (over) process.exitCode = 1;
