/*
 * Measures Sama against what one would use or write instead, and says which gates it passes.
 * usage: node bench/run.mjs [PART…], after a build; without parts all run, and docs/benchmarks.md is written
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../scripts/chromium.mjs';
import { documentOf, terminalTable } from './document.mjs';

const PARTS = [
  'bundle',
  'imports',
  'time',
  'attribution',
  'handoff',
  'charts',
  'updates',
  'widgets',
  'queue',
  'memory',
  'event-funnel',
  'server',
  'import',
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`there is no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
  process.exit(2);
}

const parts = [];
for (const name of asked.length === 0 ? PARTS : asked) {
  process.stderr.write(`${name} …\n`);
  const { run, title, how } = await import(`./${name}.mjs`);
  parts.push({ title, how, ...(await run()) });
}

const gates = parts.flatMap((part) => part.gates);
console.log(`\n${terminalTable(gates)}\n`);
for (const { figures } of parts) for (const [what, figure] of figures) console.log(`${what}: ${figure}`);

if (asked.length === 0) {
  const chromium = execFileSync(findChromium(), ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
  const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
  writeFileSync(page, documentOf(parts, { chromium, date: new Date() }));
  execFileSync(fileURLToPath(new URL('../node_modules/.bin/oxfmt', import.meta.url)), [page]);
}
if (gates.some(({ passed }) => !passed)) process.exitCode = 1;
