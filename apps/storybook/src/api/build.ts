/*
 * Writes the pages on what the packages of this app's dependencies export, from their code. Fails, naming each
 * export, where one does not say what it is and how stable it is.
 * usage: node src/api/build.ts
 */
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findingsOf } from './findings.ts';
import { pagesOf } from './pages.ts';
import { readPackage } from './read.ts';

const app = resolve(import.meta.dirname, '../..');
const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
  readFileSync(join(app, 'package.json'), 'utf8'),
);
const own = Object.entries(devDependencies).filter(([, version]) => version.startsWith('workspace:'));
const read = own.map(([name]) => readPackage(realpathSync(join(app, 'node_modules', name))));
/** Those with most to offer first. */
const packages = read.toSorted((a, b) => b.modules.length - a.modules.length);

const findings = packages.flatMap((each) => findingsOf(each).map((finding) => `${each.name} ${finding}`));
for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`${findings.length} exports leave their readers without an answer.`);
  process.exitCode = 1;
} else {
  const folder = join(app, '.api');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { file, text } of pagesOf(packages)) writeFileSync(join(folder, file), text);
}
