// Builds dist/cdn/*.js: one file each, with everything inside, for a script tag of either kind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

const here = import.meta.dirname;
/** Bytes a single file may have: minified, and as brotli sends it. */
const LIMITS = { minified: 100_000, brotli: 30_500 };
const FILES = { 'sama-funnel': 'funnel/define.js' };

/** Style sheets and templates without the spaces that are there for their authors. */
const withoutSpaces = {
  name: 'without-spaces',
  transform: (code, id) =>
    id.endsWith('.styles.js')
      ? code.replace(/css `[^`]+`/g, (sheet) =>
          sheet
            .replace(/\/\*.*?\*\//gs, '')
            .replace(/\s+/g, ' ')
            .replace(/ ?([{};,]) ?/g, '$1')
            .replace(/: /g, ':')
            .replace(/;\}/g, '}'),
        )
      : code.replace(/(?<=>)\s*\n\s*(?=[<$])|(?<=\})\s*\n\s*(?=<)/g, ''),
};

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
      terserOptions: {
        ecma: 2020,
        compress: { passes: 3, unsafe_arrows: true, pure_getters: true, unsafe_methods: true },
      },
      lib: { entry: join(here, 'dist', entry), formats: ['iife'], name: 'Sama', fileName: () => `${name}.js` },
    },
  });
  const code = readFileSync(join(here, 'dist/cdn', `${name}.js`));
  const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`${name}.js: ${code.length} bytes, ${brotli} with brotli`);
  if (code.length > LIMITS.minified || brotli > LIMITS.brotli) {
    console.error(`${name}.js is over its limit of ${LIMITS.minified} bytes, ${LIMITS.brotli} with brotli`);
    over = true;
  }
}
if (over) process.exitCode = 1;
