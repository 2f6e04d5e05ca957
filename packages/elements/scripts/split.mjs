import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { pageEntriesOf } from './entries.mjs';
import { leanLit } from './lean-lit.mjs';
import { withoutSpaces } from './tight.mjs';

/** Where a path of the package stands in the split build. */
export const splitFile = (path) => `${path || 'index'}.js`;

/** Modules for pages without a build: one for each path of the package, over shared parts that load once. */
export async function buildSplit(here, cdn, parts, pool) {
  const outDir = join(cdn, 'split');
  const input = Object.fromEntries(pageEntriesOf(here).map(({ path, file }) => [path || 'index', file]));
  const built = await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutSpaces(parts), leanLit],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      copyPublicDir: false,
      target: 'es2023',
      minify: false,
      lib: { entry: input, formats: ['es'] },
      rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name].js' } },
    },
  });
  await Promise.all(
    built[0].output.map(async ({ fileName }) => {
      const path = join(outDir, fileName);
      writeFileSync(path, (await pool.smallest(readFileSync(path, 'utf8'), { module: true })).file);
    }),
  );
}
