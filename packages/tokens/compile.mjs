import { clampChroma, converter, formatHex } from 'culori';

/** The themes that have a file, in the order in which they are published. */
export const THEMES = ['light', 'dark', 'contrast'];
/** The densities, the usual one first. */
export const DENSITIES = ['comfortable', 'compact'];
/** What a page maps to its own look; `sama.css` sets these on `:root` alone, so that they reach its scopes. */
export const HOST = ['accent', 'surface', 'text', 'radius'];

/** Thrown for a token that cannot be built; the message names the token and the remedy. */
export class TokenError extends Error {}

/**
 * Flattens a DTCG group to `[path, token]` pairs, what is inherited filled in: `$type`, and as
 * `offered` whether it is there for pages, whatever elements do. A group may itself be one token.
 */
export function flatten(group, path = [], type = group.$type, offered = false) {
  const forPages = offered || group.$extensions?.['sama.for'] === 'pages';
  if ('$value' in group) {
    const isReference = typeof group.$value === 'string';
    if (type === undefined && !isReference)
      throw new TokenError(`${path.join('.')}: give a $type here or on its group`);
    return [[path.join('.'), { ...group, $type: type, offered: forPages }]];
  }
  return Object.entries(group).flatMap(([name, child]) =>
    name.startsWith('$') ? [] : flatten(child, [...path, name], child.$type ?? type, forPages),
  );
}

/**
 * Replaces every reference `{path}` by the value it points to, and remembers it as `alias`.
 * Throws a `TokenError` for a reference to nothing and for a circle.
 */
export function resolve(tokens) {
  const byPath = new Map(tokens);
  const valueOf = (path, trail) => {
    const token = byPath.get(path);
    if (token === undefined)
      throw new TokenError(`${trail.at(-1)}: {${path}} is not defined; correct the name or add the token`);
    if (trail.includes(path)) throw new TokenError(`${[...trail, path].join(' → ')}: references run in a circle`);
    const alias = typeof token.$value === 'string' ? /^\{(.+)\}$/.exec(token.$value)?.[1] : undefined;
    if (alias === undefined) return token;
    const { $value, $type, $extensions } = valueOf(alias, [...trail, path]);
    return { ...token, $type, $value, alias, ...($extensions === undefined ? {} : { $extensions }) };
  };
  for (const [path, { $extensions = {} }] of tokens) {
    for (const [rule, { from, of, into }] of Object.entries($extensions).filter(([key]) => key.startsWith('sama.'))) {
      const named = [from, of, into].filter((name) => typeof name === 'string' && name !== 'black');
      const missing = named.find((name) => !byPath.has(name));
      if (missing !== undefined) throw new TokenError(`${path}: ${rule} names {${missing}}, which is not defined`);
    }
  }
  return tokens.map(([path]) => [path, valueOf(path, [])]);
}

const oklab = converter('oklab');
const oklch = converter('oklch');

/** A colour token as culori has it. */
export function colorOf({ $value }) {
  const [l, c, h] = $value.components;
  return { mode: 'oklch', l, c, h };
}

/** So many percent of one colour in another, as `color-mix(in oklab, …)` has it. */
function mixed(of, into, percent) {
  const [a, b] = [oklab(of), oklab(into)];
  const channel = (name) => b[name] + ((a[name] - b[name]) * percent) / 100;
  return oklch({ mode: 'oklab', l: channel('l'), a: channel('a'), b: channel('b') });
}

/** A value written beside its rule must be what the rule gives: design tools read the value, browsers the rule. */
function checkRules(theme, tokens) {
  const colour = (name) => (name === 'black' ? { mode: 'oklab', l: 0, a: 0, b: 0 } : colorOf(tokens.get(name)));
  for (const [path, { $extensions = {}, $value }] of tokens) {
    const { 'sama.mix': mix, 'sama.scale': scale } = $extensions;
    if (mix !== undefined) {
      const { l, c } = mixed(colour(mix.of), colour(mix.into), mix.percent);
      const [isL, isC] = $value.components;
      if (Math.abs(l - isL) > 0.001 || Math.abs(c - isC) > 0.001)
        throw new TokenError(`${theme}: ${path} is not its mix, which is ${l.toFixed(4)} ${c.toFixed(4)}; write that`);
    }
    if (scale !== undefined && Math.abs(tokens.get(scale.of).$value.value * scale.by - $value.value) > 0.001)
      throw new TokenError(`${theme}: ${path} is not ${scale.by} of ${scale.of}; correct one of them`);
  }
}

/** The sRGB literal of a colour token; chroma is reduced until it fits. */
export function hexOf(token) {
  return formatHex(clampChroma(colorOf(token), 'oklch'));
}

/** The CSS text of a token that is no colour. */
export function textOf({ $type, $value }) {
  if ($type === 'dimension' || $type === 'duration') return `${$value.value}${$value.unit}`;
  if ($type === 'cubicBezier') return `cubic-bezier(${$value.join(',')})`;
  throw new TokenError(`unknown $type ${$type}; the build knows color, dimension, duration and cubicBezier`);
}

function sameNames(sets, names) {
  const [first, ...others] = names;
  for (const other of others) {
    for (const name of sets[first].keys()) {
      if (!sets[other].has(name))
        throw new TokenError(`${other}: ${name} is missing; ${names.join(', ')} define the same tokens`);
    }
    for (const name of sets[other].keys()) {
      if (!sets[first].has(name))
        throw new TokenError(`${other}: ${name} is not in ${first}; ${names.join(', ')} define the same tokens`);
    }
  }
}

/** High contrast on a dark page: what refers to another colour there does so here, the rest is as in dark. */
function contrastInDark(dark, contrast) {
  return new Map(
    [...contrast].map(([path, token]) => {
      if (token.alias !== undefined) return [path, { ...dark.get(token.alias), alias: token.alias }];
      return [path, token.$type === 'color' ? dark.get(path) : token];
    }),
  );
}

/**
 * Reads base, themes and densities (parsed JSON) into resolved `Map`s by those names, and
 * `contrast-dark`, which follows from contrast and dark.
 */
export function compile(sources) {
  const base = new Map(resolve(flatten(sources.base)));
  const accent = ['accent', base.get('accent')];
  const setOf = (name) => {
    const all = resolve([accent, ...flatten(sources[name])]);
    return [name, new Map(all.filter(([path]) => path !== 'accent'))];
  };
  const sets = Object.fromEntries([...THEMES, ...DENSITIES].map(setOf));
  sameNames(sets, THEMES);
  sameNames(sets, DENSITIES);
  for (const [name, tokens] of [['base', base], ...Object.entries(sets)]) checkRules(name, tokens);
  return { base, ...sets, 'contrast-dark': contrastInDark(sets.dark, sets.contrast) };
}
