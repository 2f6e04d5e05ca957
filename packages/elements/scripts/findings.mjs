// What is wrong with a manifest: what it does not say, and what the sources say otherwise.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const withoutComments = (text) => text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');

/** The text of a module and of all it loads of this package, at once or later, without comments. */
function textOf(path, seen = new Map()) {
  if (seen.has(path) || !existsSync(path)) return seen;
  const text = withoutComments(readFileSync(path, 'utf8'));
  seen.set(path, text);
  for (const [, from, later = from] of text.matchAll(
    /^(?:import|export)(?! type)[^;]*? from '(\.[^']+)';|import\('(\.[^']+)'\)/gm,
  ))
    textOf(resolve(dirname(path), later), seen);
  return seen;
}

const namesIn = (text, pattern) =>
  new Set([...text.matchAll(pattern)].flatMap(([, names = '']) => names.split(/\s+/).filter((name) => name !== '')));

/** What the sources have of each kind, by its name in the manifest. */
const inSources = {
  cssParts: (text) => namesIn(text, /\spart=["']?([\w\s-]+)/g),
  cssProperties: (text) => namesIn(text, /var\(\s*(--sama-[\w-]+)/g),
  events: (text) => namesIn(text, /\b(?:new CustomEvent|fire)(?:<[^(]*>)?\(\s*'([\w-]+)'/g),
};
const slotsIn = (text) =>
  new Set([...text.matchAll(/<slot\b([^>]*)/g)].map(([, rest]) => /name=["']?([\w-]+)/.exec(rest)?.[1] ?? ''));

/** What each kind of thing has to say. */
const MUST_SAY = {
  attributes: ['description', 'type', 'default'],
  members: ['description', 'type', 'default'],
  events: ['description', 'type'],
  slots: ['description'],
  cssParts: ['description'],
  cssProperties: ['description', 'default'],
};

const isWritable = (member) => member.kind === 'field' && member.readonly !== true;
const needs = (kind, thing) =>
  kind === 'members' && !isWritable(thing) ? MUST_SAY[kind].slice(0, thing.kind === 'method' ? 1 : 2) : MUST_SAY[kind];

/**
 * @param {string} here the package
 * @param {Set<string>} tokens custom properties that the tokens offer to pages, which every element understands
 * @returns {string[]} one line for each finding, by name
 */
export function findingsOf(here, manifest, tokens) {
  return manifest.modules.flatMap(({ path, declarations: [element] }) => {
    const tag = `<${element.tagName}>`;
    const source = join(here, path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts'));
    const text = [...textOf(source).values()].join('\n');
    const silent = Object.keys(MUST_SAY).flatMap((kind) =>
      element[kind].flatMap((thing) =>
        needs(kind, thing)
          .filter((what) => (what === 'type' ? thing.type?.text : thing[what]) === undefined)
          .map((what) => `${tag} ${kind}: ${thing.name || 'the default slot'} has no ${what}`),
      ),
    );
    const differs = Object.entries({ ...inSources, slots: slotsIn }).flatMap(([kind, read]) => {
      const said = new Set(element[kind].map(({ name }) => name));
      const found = read(text);
      // Children may also be read without a slot.
      const isKnown = (name) => found.has(name) || name === '' || (kind === 'cssProperties' && tokens.has(name));
      return [
        ...[...found]
          .filter((name) => !said.has(name))
          .map((name) => `${tag} ${kind}: ${name || 'the default slot'} is not documented`),
        ...[...said]
          .filter((name) => !isKnown(name))
          .map((name) => `${tag} ${kind}: ${name || 'the default slot'} is documented and is not there`),
      ];
    });
    const nameless = element.description ? [] : [`${tag} has no description`];
    return [...nameless, ...silent, ...differs];
  });
}
