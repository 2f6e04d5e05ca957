// Builds dist/cdn/*.js: one file each, with everything inside, for a script tag of either kind.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';

const here = import.meta.dirname;
/** Bytes a single file may have: minified, and as brotli sends it. */
const LIMITS = { minified: 100_000, brotli: 30_045 };
const FILES = { 'sama-funnel': 'funnel/define.js' };

/** Style sheets and templates without what is there for their authors, and only the tokens that are used. */
const withoutSpaces = {
  name: 'without-spaces',
  transform(code, id) {
    if (id.endsWith('/generated/lines.js'))
      return code.replace(/(?<=')[^']+/, (lines) =>
        lines
          .split('|')
          .filter((line) => usedTokens.has(line.split(' ')[0]))
          .join('|'),
      );
    if (id.endsWith('.styles.js')) return code.replace(/css `[^`]+`/g, tightSheet);
    return code
      .replace(/(?<=>)\s*\n\s*(?=[<$])|(?<=\})\s*\n\s*(?=[<>])|(?<=<\/\w+)\s*\n\s*(?=>)/g, '')
      .replace(/(?<=<\w+[^`<>]*)\s*\n\s*(?=[\w@?.-]+=|>)/g, (_, at, all) => (all[at + _.length] === '>' ? '' : ' '))
      .replace(/><\/(circle|line|path|rect)>/g, '/>');
  },
};

const tightSheet = (sheet) =>
  sheet
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;\}/g, '}')
    .replace(/(?<![\d.])0(?=\.\d)/g, '');

/** Tokens that a style names as `--_token`; code names none that no style names. */
const usedTokens = new Set(
  globSync('dist/{funnel,internal}/*.js', { cwd: here })
    .flatMap((file) => [...readFileSync(join(here, file), 'utf8').matchAll(/--_([a-z]+(?:-[a-z]+)*)\b/g)])
    .map(([, token]) => token)
    .concat('accent'),
);

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
const licences = [join(here, '../../LICENSE'), join(here, 'node_modules/lit/LICENSE')];
mkdirSync(join(here, 'dist/cdn'), { recursive: true });
writeFileSync(
  join(here, 'dist/cdn/LICENSES.txt'),
  licences.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n---\n\n') + '\n',
);

let over = false;
for (const [name, entry] of Object.entries(FILES)) {
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutSpaces],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist/cdn',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2023',
      minify: 'terser',
      terserOptions: TIGHT,
      lib: { entry: join(here, 'dist', entry), formats: ['iife'], name: 'Sama', fileName: () => `${name}.js` },
    },
  });
  const file = join(here, 'dist/cdn', `${name}.js`);
  // Names are shortest by how often they are used once all is in its last place.
  const again = await minify(readFileSync(file, 'utf8'), {
    ...TIGHT,
    compress: { ...TIGHT.compress, hoist_funs: true },
  });
  const code = Buffer.from(`${NOTICE}\n${again.code ?? ''}`);
  writeFileSync(file, code);
  const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`${name}.js: ${code.length} bytes, ${brotli} with brotli`);
  if (code.length > LIMITS.minified || brotli > LIMITS.brotli) {
    console.error(`${name}.js is over its limit of ${LIMITS.minified} bytes, ${LIMITS.brotli} with brotli`);
    over = true;
  }
}
if (over) process.exitCode = 1;
