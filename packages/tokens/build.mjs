// Builds the tokens: src/generated/*.ts, dist/sama.css and dist/*.json for design tools.
// `node build.mjs [--from FOLDER] [--to FOLDER]`; both default to this package.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { compile, DENSITIES, THEMES, TokenError } from './compile.mjs';
import { designFiles } from './design.mjs';
import { modules, stylesheet } from './emit.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
const from = values.from ?? join(here, 'tokens');
const to = values.to ?? here;

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

try {
  const read = (name) => JSON.parse(readFileSync(join(from, `${name}.json`), 'utf8'));
  const compiled = compile(Object.fromEntries(['base', ...THEMES, ...DENSITIES].map((name) => [name, read(name)])));
  write(join(to, 'dist/sama.css'), stylesheet(compiled));
  for (const [name, text] of Object.entries(designFiles(compiled))) write(join(to, 'dist', name), text);
  for (const [name, text] of Object.entries(modules(compiled))) write(join(to, 'src/generated', name), text);
} catch (error) {
  if (!(error instanceof TokenError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
