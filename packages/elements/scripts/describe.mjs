// Writes the manifest of the elements, and from it types for frameworks and data for editors.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import { findingsOf } from './findings.mjs';
import { manifestOf } from './manifest.mjs';
import { typesOf } from './types.mjs';

const here = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const dist = join(here, 'dist');
const { name, version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const sheet = readFileSync(join(import.meta.dirname, '../node_modules/@sama/tokens/dist/sama.css'), 'utf8');
const tokens = new Set([...sheet.matchAll(/--sama-[\w-]+/g)].map(([token]) => token));

const manifest = manifestOf(here);
const findings = findingsOf(here, manifest, tokens);
for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`${findings.length} things of the elements are not documented as they are.`);
  process.exit(1);
}

mkdirSync(join(dist, 'types'), { recursive: true });
const write = (file, text) => writeFileSync(join(dist, file), text);
/** What the generators of editors give is text already. */
const json = (value) => `${JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value, null, 2)}\n`;
write('custom-elements.json', json(manifest));
write('html-data.json', json(getVsCodeHtmlCustomData(manifest)));
write('css-data.json', json(getVsCodeCssCustomData(manifest)));
write('web-types.json', json(getWebTypesData(manifest, { packageJson: { name, version } })));
for (const [file, text] of Object.entries(typesOf(manifest))) {
  write(join('types', file), text);
  // A module of its own, so that types can be imported by their name.
  write(join('types', file.replace('.d.ts', '.js')), 'export {};\n');
}
