// Writes the bytes a page gets from imports of classes that it does not use.
import { join } from 'node:path';
import { build } from 'vite';
import { modules } from './modules.mjs';

const classes = modules.filter((name) => !name.endsWith('/define'));
const imports = classes.map((name, i) => `import * as unused${i} from '${name}';`).join('\n');
const page = join(import.meta.dirname, 'page.mjs');
const bundle = await build({
  configFile: false,
  logLevel: 'silent',
  build: { write: false, lib: { entry: page, formats: ['es'], fileName: 'page' } },
  plugins: [
    {
      name: 'page',
      resolveId: (id) => (id === page ? id : undefined),
      load: (id) => (id === page ? imports : undefined),
    },
  ],
});
const [{ output }] = Array.isArray(bundle) ? bundle : [bundle];
console.log(output.reduce((sum, chunk) => sum + (chunk.type === 'chunk' ? chunk.code.trim().length : 0), 0));
