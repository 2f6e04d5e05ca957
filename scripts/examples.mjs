/**
 * The examples of the docs. A fenced block says behind its language by which test it is run, or why by none:
 *
 *     ```html run=frames
 *     ```xml unrun="SharePoint reads it, and is not here"
 *
 * The test that runs them asks for them by that name: `examples('frames', 'html')`. One that is not run is read at
 * least, as far as its language can be.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectFiles } from './tree.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const PAGE = /(?<!CHANGELOG)\.mdx?$/;
const TEST = /\.test\.(?:ts|mjs)$/;

/**
 * @typedef {object} Example
 * @property {string} page
 * @property {number} line of its fence
 * @property {string} language
 * @property {string} code
 * @property {string} [run] the name its test knows it by
 * @property {string} [unrun] why no test runs it
 */

/** @param {string} page @param {string} text @returns {Example[]} the fenced blocks of a page */
export function blocksOf(page, text) {
  const found = [];
  let open;
  for (const [i, line] of text.split('\n').entries()) {
    const [, indent = '', fence, info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence === undefined) continue;
      const marks = [...info.matchAll(/ (run|unrun)=(?:"([^"]*)"|([\w-]+))/g)].map((mark) => [
        mark[1],
        mark[2] ?? mark[3],
      ]);
      const [language = ''] = /^\w*/.exec(info.trim()) ?? [];
      open = { fence, indent, lines: [], example: { page, line: i + 1, language, ...Object.fromEntries(marks) } };
    } else if (fence?.startsWith(open.fence) && info.trim() === '') {
      found.push({ ...open.example, code: open.lines.join('') });
      open = undefined;
    } else open.lines.push(`${line.startsWith(open.indent) ? line.slice(open.indent.length) : line}\n`);
  }
  if (open !== undefined) throw new Error(`${page}:${open.example.line}: the block has no end`);
  return found;
}

/** @param {string} [root] @returns {string[]} the pages of the project, but for logs of changes */
export function docPages(root = ROOT) {
  return projectFiles(root)
    .filter((path) => PAGE.test(path) && !path.startsWith('.changeset/'))
    .toSorted();
}

/** @param {string} [root] @returns {Example[]} those of every page */
export function allExamples(root = ROOT) {
  return docPages(root).flatMap((page) => blocksOf(page, readFileSync(join(root, page), 'utf8')));
}

/** @param {string} [root] @returns {Map<string, string[]>} the test files that ask for examples, by the name they ask for */
export function runners(root = ROOT) {
  const found = new Map();
  for (const path of projectFiles(root).filter((path) => TEST.test(path)))
    for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(/\bexamples\(\s*'([\w-]+)'/g))
      found.set(name, [...new Set([...(found.get(name) ?? []), path])]);
  return found;
}

let known;

/**
 * The examples a test runs.
 *
 * @param {string} name what they say behind `run=`
 * @param {...string} languages what they are, in order; without any, the test takes as many as there are
 * @returns {Example[]}
 * @throws {Error} when there are others, or none
 */
export function examples(name, ...languages) {
  known ??= allExamples();
  const found = known.filter(({ run }) => run === name);
  const said = found.map(({ page, line, language }) => `${page}:${line} (${language})`).join(', ');
  if (found.length === 0) throw new Error(`no example says run=${name}`);
  if (languages.length > 0 && found.map(({ language }) => language).join() !== languages.join())
    throw new Error(`the test of ${name} runs ${languages.join(', ')}, and the docs have ${said}`);
  return found;
}

/**
 * @param {readonly Example[]} all
 * @param {ReadonlyMap<string, readonly string[]>} tests by the name they ask for
 * @param {(example: Example) => string | undefined} read what is wrong with how one is written
 * @returns {string[]} examples nobody runs, by file and line, and tests that have none
 */
export function unrunExamples(all, tests, read) {
  const faults = all.flatMap((example) => {
    const { page, line, language, run, unrun } = example;
    const say = (what) => [`${page}:${line}: ${what}`];
    if (language === '') return say('the block names no language');
    if (run === undefined && unrun === undefined) return say('no test runs this block: say run=NAME, or unrun="why"');
    if (run !== undefined && !tests.has(run)) return say(`no test asks for examples('${run}')`);
    if (run !== undefined) return [];
    if (unrun.split(' ').length < 3) return say('unrun does not say why');
    const fault = read(example);
    return fault === undefined ? [] : say(fault);
  });
  const names = new Set(all.map(({ run }) => run));
  return [
    ...faults,
    ...[...tests].flatMap(([name, files]) => (names.has(name) ? [] : [`${files}: no block says run=${name}`])),
  ];
}
