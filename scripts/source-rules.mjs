import { posix } from 'node:path';

/**
 * @typedef {object} SourceRule
 * @property {string} name
 * @property {(path: string) => boolean} applies
 * @property {(text: string, path: string) => string[]} find what is wrong, one line for each finding
 */

const SOURCE = /\.(ts|mts|js|mjs|css|html|mdx|sql|sh)$/;
const CODE = /\.(ts|mts|js|mjs)$/;
const isTest = (path) => /\.test\.(ts|mjs)$/.test(path) || path.includes('/src/testing/');

/** @param {string} text @param {RegExp} pattern global; the finding is named with its line */
function matches(text, pattern, say) {
  return [...text.matchAll(pattern)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return `line ${line}: ${say(match[0].trim())}`;
  });
}

const MAX_LINES = 400;
export const MAX_BYTES = 300_000;

/** A home directory or a work folder of one machine, not the `/home/` of a web address. */
const MACHINE_PATH = /(?<![\w.:/-])(?:file:\/\/)?\/(?:home|root|Users|work)\/[\w.-]+|\b[A-Z]:\\Users\\/g;
/** Hosts that serve packages: a lockfile or document naming one binds everybody to it. */
const REGISTRY_HOST =
  /\b(?:registry|registries|npm|deb|pypi|mirror|artifactory|nexus|verdaccio)\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?(?:com|org|net|io|dev|local|internal|lan)\b/gi;
const UPWARD = /(?<![\w/])(?:\.\.\/)+[\w@.-]+/g;

/** The tests feed paths that climb out of a folder; everybody else may only name what is in the project. */
function leavesProject(text, path) {
  const folder = posix.dirname(path);
  return matches(text, UPWARD, (found) => found).filter((finding) => {
    const target = finding.slice(finding.indexOf('..'));
    return posix.join(folder, target).startsWith('..');
  });
}

/** @type {readonly SourceRule[]} */
export const sourceRules = [
  {
    name: `a source file has at most ${MAX_LINES} lines`,
    applies: (path) => SOURCE.test(path),
    find: (text) => {
      const lines = text.split('\n').length - 1;
      return lines > MAX_LINES ? [`${lines} lines; split it by idea`] : [];
    },
  },
  {
    name: 'no path of one machine',
    applies: () => true,
    find: (text) => matches(text, MACHINE_PATH, (found) => `names ${found}`),
  },
  {
    name: 'no package registry by name',
    applies: () => true,
    find: (text) => matches(text, REGISTRY_HOST, (found) => `names ${found}`),
  },
  {
    name: 'the lockfile leaves the registry to the reader',
    applies: (path) => path === 'pnpm-lock.yaml',
    find: (text) => matches(text, /\btarball: .*|\bregistry: .*/g, (found) => found),
  },
  {
    name: 'nothing outside the repository is named',
    applies: (path) => path !== '.ci/run' && path !== 'pnpm-lock.yaml' && !isTest(path),
    find: leavesProject,
  },
  {
    name: 'no check is switched off in the code',
    applies: (path) => CODE.test(path),
    find: (text) =>
      matches(
        text,
        /\b(?:eslint|oxlint)-disable\b|@ts-(?:ignore|nocheck|expect-error)\b|\bc8 ignore\b/g,
        (found) => found,
      ),
  },
  {
    name: 'nothing is left for later',
    applies: (path) => SOURCE.test(path),
    find: (text) => matches(text, /\b(?:TO[D]O|FIX[M]E|X{3})\b/g, (found) => found),
  },
  {
    name: 'elements set no style attribute, which a strict content security policy blocks',
    applies: (path) => /^packages\/elements\/src\/.*\.ts$/.test(path) && !isTest(path),
    find: (text) => matches(text, /setAttribute\(\s*['"`]style['"`]|\sstyle=["'$]/g, (found) => found),
  },
  {
    name: 'elements name no tag of their own set, which may have a suffix',
    applies: (path) => /^packages\/elements\/src\/.*\.ts$/.test(path) && !isTest(path) && !path.endsWith('.stories.ts'),
    find: (text) =>
      matches(
        text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, (comment) => comment.replace(/[^\n]/g, '')),
        /<\/?sama-[a-z]+|\b(?:querySelector(?:All)?|closest|matches|createElement)(?:<[^>]*>)?\(\s*['"`][^'"`]*\bsama-[a-z]+/g,
        (found) => found,
      ),
  },
];
