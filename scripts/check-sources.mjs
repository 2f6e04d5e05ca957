/*
 * Fails when a file of the project breaks one of the rules in `source-rules.mjs`.
 * usage: node scripts/check-sources.mjs [ROOT]
 */
import { readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { MAX_BYTES, sourceRules } from './source-rules.mjs';
import { projectFiles } from './tree.mjs';

const root = resolve(process.argv[2] ?? '.');
const files = projectFiles(root);
const known = new Set(files.flatMap((path) => [path, ...ancestors(path)]));

/** @param {string} path @returns {string[]} the folders that hold it */
function ancestors(path) {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...ancestors(folder)];
}

/** Relative links of a Markdown document that lead to no file of the project. */
function deadLinks(text, path) {
  const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)].map((match) => match[1] ?? '');
  return targets
    .filter((target) => !/^[a-z]+:/i.test(target))
    .filter((target) => !known.has(posix.join(posix.dirname(path), target).replace(/\/$/, '')))
    .map((target) => `links to ${target}, which is not there`);
}

const findings = [];
for (const path of files) {
  const bytes = statSync(join(root, path)).size;
  if (bytes > MAX_BYTES && path !== 'pnpm-lock.yaml')
    findings.push(`${path}: ${bytes} bytes; a file has at most ${MAX_BYTES}`);
  const content = readFileSync(join(root, path));
  if (content.includes(0)) continue;
  const text = content.toString('utf8');
  for (const rule of sourceRules.filter(({ applies }) => applies(path))) {
    for (const finding of rule.find(text, path)) findings.push(`${path}: ${finding} (${rule.name})`);
  }
  if (path.endsWith('.md')) findings.push(...deadLinks(text, path).map((finding) => `${path}: ${finding}`));
}

for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`${findings.length} findings in the sources.`);
  process.exitCode = 1;
}
