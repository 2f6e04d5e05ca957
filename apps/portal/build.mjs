import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { whole } from './page.mjs';

/** The server fills in addresses and integrity. */
const at = (path) => new URL(path, import.meta.url);
rmSync(at('dist'), { recursive: true, force: true });
cpSync(at('pages'), at('dist'), { recursive: true });
for (const name of readdirSync(at('dist'))) {
  if (!name.endsWith('.html')) continue;
  writeFileSync(at(`dist/${name}`), whole(name, readFileSync(at(`dist/${name}`), 'utf8')));
}
