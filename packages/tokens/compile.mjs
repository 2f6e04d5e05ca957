import { clampChroma, formatHex } from 'culori';

/** The themes, in the order in which they are published. */
export const THEMES = ['light', 'dark', 'contrast'];

/** Thrown for a token that cannot be built; the message names the token and the remedy. */
export class TokenError extends Error {}

/**
 * Flattens a DTCG group to `[path, token]` pairs, the inherited `$type` filled in.
 * A group may itself be one token.
 */
export function flatten(group, path = [], type = group.$type) {
  if ('$value' in group) {
    if (type === undefined) throw new TokenError(`${path.join('.')}: give a $type here or on its group`);
    return [[path.join('.'), { ...group, $type: type }]];
  }
  return Object.entries(group).flatMap(([name, child]) =>
    name.startsWith('$') ? [] : flatten(child, [...path, name], child.$type ?? type),
  );
}

/**
 * Replaces every reference `{path}` by the value it points to.
 * Throws a `TokenError` for a reference to nothing and for a circle.
 */
export function resolve(tokens) {
  const byPath = new Map(tokens);
  const valueOf = (path, trail) => {
    const token = byPath.get(path);
    if (token === undefined)
      throw new TokenError(`${trail.at(-1)}: {${path}} is not defined; correct the name or add the token`);
    if (trail.includes(path)) throw new TokenError(`${[...trail, path].join(' → ')}: references run in a circle`);
    const to = typeof token.$value === 'string' ? /^\{(.+)\}$/.exec(token.$value)?.[1] : undefined;
    return to === undefined
      ? token
      : { ...token, ...adoptOf(valueOf(to, [...trail, path])), $value: valueOf(to, [...trail, path]).$value };
  };
  for (const [path, token] of tokens) {
    const from = token.$extensions?.['sama.adopt']?.from;
    if (from !== undefined && !byPath.has(from))
      throw new TokenError(`${path}: sama.adopt names {${from}}, which is not defined`);
  }
  return tokens.map(([path]) => [path, valueOf(path, [])]);
}

function adoptOf(token) {
  return token.$extensions === undefined ? {} : { $extensions: token.$extensions };
}

/** The sRGB literal of a colour token; chroma is reduced until it fits. */
export function hexOf(token) {
  const [l, c, h] = token.$value.components;
  return formatHex(clampChroma({ mode: 'oklch', l, c, h }, 'oklch'));
}

/** The CSS text of a token that is no colour. */
export function textOf(token) {
  const { $type, $value } = token;
  if ($type === 'dimension' || $type === 'duration') return `${$value.value}${$value.unit}`;
  if ($type === 'cubicBezier') return `cubic-bezier(${$value.join(',')})`;
  throw new TokenError(`unknown $type ${$type}; the build knows color, dimension, duration and cubicBezier`);
}

/** The colour with the hue of the page's accent, or its literal when it adopts none. */
export function adoptedOf(token, accent) {
  const adopt = token.$extensions?.['sama.adopt'];
  return adopt === undefined ? hexOf(token) : `oklch(from ${accent} ${adopt.lightness} min(c,${adopt.maxChroma}) h)`;
}

/** Reads base and themes (parsed JSON) into `{ base, light, dark, contrast }` of resolved `Map`s. */
export function compile(sources) {
  const base = resolve(flatten(sources.base));
  const accent = base.filter(([path]) => path === 'accent');
  const themes = Object.fromEntries(
    THEMES.map((theme) => {
      const all = resolve([...accent, ...flatten(sources[theme])]);
      return [theme, new Map(all.filter(([path]) => path !== 'accent'))];
    }),
  );
  for (const theme of THEMES) {
    for (const name of themes.light.keys()) {
      if (!themes[theme].has(name))
        throw new TokenError(`${theme}: ${name} is missing; every theme defines the same colours`);
    }
    for (const name of themes[theme].keys()) {
      if (!themes.light.has(name))
        throw new TokenError(`${theme}: ${name} is not in light; every theme defines the same colours`);
    }
  }
  return { base: new Map(base), ...themes };
}
