/*
 * Fails when a style or code names a token that is not defined, or a token serves nobody: no element
 * reads it and it is not offered to pages (`"sama.for": "pages"` on it or its group).
 * usage: node scripts/check-tokens.mjs [ROOT]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile, DENSITIES, THEMES, TokenError } from '../packages/tokens/compile.mjs';
import { projectFiles } from './tree.mjs';

const root = resolve(process.argv[2] ?? '.');
const readText = (path) => readFileSync(join(root, path), 'utf8');
const files = projectFiles(root);

/** What a page maps and no token is: the type is the page's. */
const HOST_ONLY = new Set(['font']);

const isTest = (path) => /\.(test|stories)\.ts$|\/testing\//.test(path);
const elementFiles = files.filter((path) => /^packages\/elements\/src\/.*\.ts$/.test(path) && !isTest(path));
const pageFiles = files.filter((path) =>
  /^(apps|docs|examples)\/.*\.(css|html|mdx?|ts)$|^README\.md$|^packages\/[\w-]+\/README\.md$/.test(path),
);

/** Every match of the pattern in the files, with the file. */
const matches = (paths, pattern) =>
  paths.flatMap((path) => [...readText(path).matchAll(pattern)].map(([, name]) => ({ path, name })));
const names = (found) => new Set(found.map(({ name }) => name));

/** The tokens by the name they have in CSS. */
function tokens() {
  const read = (name) => JSON.parse(readText(`packages/tokens/tokens/${name}.json`));
  const { base, light, comfortable } = compile(
    Object.fromEntries(['base', ...THEMES, ...DENSITIES].map((name) => [name, read(name)])),
  );
  return new Map([...base, ...light, ...comfortable].map(([path, token]) => [path.replaceAll('.', '-'), token]));
}

function findings() {
  const defined = tokens();
  const declared = names(matches(elementFiles, /(--_[a-z][\w-]*):/g));
  const reads = matches(elementFiles, /(?<![\w-])--_([a-z](?:[\w-]*\w)?)\b(?!:)/g);
  const unknown = reads.filter(({ name }) => !defined.has(name) && !declared.has(`--_${name}`));

  const parts = names(matches(elementFiles, /--sama-([a-z](?:[\w-]*\w)?)\b/g));
  const named = matches(pageFiles, /--sama-([a-z](?:[\w-]*\w)?)\b(?![-*])/g);
  const strange = named.filter(({ name }) => !defined.has(name) && !parts.has(name) && !HOST_ONLY.has(name));

  const read = names(reads);
  const rules = new Set(
    [...defined.values()].flatMap(({ alias, $extensions = {} }) => [
      alias,
      ...Object.values($extensions).flatMap(({ from, of, into }) => [from, of, into]),
    ]),
  );
  const serves = ([name, { offered }]) => offered || read.has(name) || rules.has(name);
  return [
    ...unknown.map(({ path, name }) => `${path}: --_${name} is neither a token nor declared in a style`),
    ...strange.map(({ path, name }) => `${path}: --sama-${name} is no token`),
    ...[...defined]
      .filter((entry) => !serves(entry))
      .map(([name]) => `packages/tokens/tokens: ${name} serves no element; remove it or mark it "sama.for": "pages"`),
  ];
}

try {
  const found = findings();
  for (const finding of found) console.error(finding);
  if (found.length > 0) {
    console.error(`${found.length} findings in the tokens.`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof TokenError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
