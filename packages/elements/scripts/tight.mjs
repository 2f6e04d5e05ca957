// Makes scripts small: sheets and templates without what is there for their authors, then the best of some minifyings.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';
import { privateNames } from './private-names.mjs';

const here = resolve(import.meta.dirname, '..');

/** Style sheets and templates without what is there for their authors, and only the tokens that are used. */
export const withoutSpaces = (parts) => ({
  name: 'without-spaces',
  transform(code, id) {
    if (id.endsWith('/generated/lines.js'))
      return code.replace(/(?<=')[^']+/, (lines) => usedLines(lines.split('|'), usedTokens(parts)).join('|'));
    if (id.endsWith('.styles.js')) return code.replace(/css `[^`]+`/g, tightSheet);
    if (!/\b(?:html|svg) `/.test(code)) return;
    let tight = tightened.get(code);
    if (tight === undefined) tightened.set(code, (tight = tightTemplates(code)));
    return tight;
  },
});

/** Modules that were made tight, by their code: each stands in most of the files. */
const tightened = new Map();

/** Of words in a line: a space beside them is read. */
const WORDS = String.raw`(?:a|b|bdi|del|ins|q|small|time)\b`;
const BESIDE_WORDS = new RegExp(
  String.raw`(?<=</${WORDS}>)\s*\n\s*(?=<\w|\$)|(?<=\}|</\w+>)\s*\n\s*(?=<${WORDS})`,
  'g',
);

/** A template with no more spaces than are read. */
export const tightTemplates = (code) =>
  code
    .replace(BESIDE_WORDS, ' ')
    .replace(/(?<=>)\s*\n\s*(?=[<$])|(?<=\})\s*\n\s*(?=[<>])|(?<=<\/\w+)\s*\n\s*(?=>)/g, '')
    .replace(/(?<=<\w+[^`<>]*)\s*\n\s*(?=[\w@?.-]+=|>)/g, (_, at, all) => (all[at + _.length] === '>' ? '' : ' '))
    .replace(/><\/(circle|line|path|rect)>/g, '/>');

const tightSheet = (sheet) =>
  sheet
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/@media \(/g, '@media(')
    .replace(/='(\w+)'\]/g, '=$1]')
    .replace(/::(?=before|after)/g, ':')
    .replace(/;\}/g, '}')
    .replace(/(?<![\d.])0(?=\.\d)/g, '');

const namesIn = (text) => [...text.matchAll(/--_([a-z]+(?:-[a-z]+)*)\b/g)].map(([, token]) => token);

/** Tokens that a style names as `--_token`; code names none that no style names. Rules name the first three. */
const usedTokens = (parts) =>
  globSync(`dist/{${parts},internal}/*.js`, { cwd: here })
    .flatMap((file) => namesIn(readFileSync(join(here, file), 'utf8')))
    .concat('accent', 'surface', 'text');

/** The lines of tokens that are used, by a style or by another token that is. */
function usedLines(lines, tokens) {
  const used = new Set(tokens);
  const isUsed = (line) => used.has(line.split(';')[0]);
  for (const line of [...lines, ...lines]) if (isUsed(line)) for (const name of namesIn(line)) used.add(name);
  return lines.filter(isUsed);
}

/** For terser. */
const TIGHT = {
  ecma: 2020,
  compress: {
    passes: 2,
    hoist_funs: true,
    inline: 1,
    pure_getters: true,
    unsafe: true,
    unsafe_comps: true,
    unsafe_math: true,
    unsafe_methods: true,
  },
};

/** How many statements become one, at most: which of these is told in fewest bytes differs from file to file. */
const SEQUENCES = [3, true];

/** What lit-html calls its parts by, which nobody but itself reads; results of templates go from file to file. */
const OWN_PROPERTIES = /^_\$(?:[AC]|litPart)/;

/** One way to declare is told in fewer bytes than two. */
const declaredAlike = (script) => script.replace(/^(\s*(?:for ?(?:await )?\()?)const\b/gm, '$1let');

const NOTICE = '/*! MIT; Lit: BSD-3-Clause. LICENSES.txt */';

/** Bytes as a server sends them. */
const brotliOf = (code) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The script in as few bytes as some minifyings make it, with the notice of its licences before it. */
export async function smallest(script, { module = false } = {}) {
  const whole = module ? {} : { mangle: { properties: { regex: OWN_PROPERTIES } } };
  const alike = declaredAlike(privateNames(script));
  const made = await Promise.all(
    (module ? SEQUENCES.slice(1) : SEQUENCES).map(async (sequences) => {
      const { code = '' } = await minify(alike, {
        ...TIGHT,
        compress: { ...TIGHT.compress, sequences },
        ...whole,
        module,
      });
      const file = Buffer.from(`${NOTICE}\n${code}`);
      return { file, brotli: brotliOf(file) };
    }),
  );
  return made.reduce((best, one) => (one.brotli < best.brotli ? one : best));
}
