// Writes the bytes a page gets from an import of the class that it does not use.
import { join } from 'node:path';
import { build } from 'vite';

const page = join(import.meta.dirname, 'page.mjs');
const bundle = await build({
  configFile: false,
  logLevel: 'silent',
  build: { write: false, lib: { entry: page, formats: ['es'], fileName: 'page' } },
  plugins: [
    {
      name: 'page',
      resolveId: (id) => (id === page ? id : undefined),
      load: (id) => (id === page ? "import { SamaFunnel } from '@sama/elements/funnel';" : undefined),
    },
  ],
});
const [{ output }] = Array.isArray(bundle) ? bundle : [bundle];
console.log(output.reduce((sum, chunk) => sum + (chunk.type === 'chunk' ? chunk.code.trim().length : 0), 0));
