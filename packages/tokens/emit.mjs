import { hexOf, HOST, textOf } from './compile.mjs';

const cssName = (path) => path.replaceAll('.', '-');
const isColor = ([, token]) => token.$type === 'color';
/** Ramps serve whole palettes; a widget that needs one takes it from the typed constants. */
const isRamp = (path) => /^(sequential|categorical)\./.test(path);
const MODERN = '(color:light-dark(red,red)) and (color:oklch(from red l c h))';

/** A value that follows the page: by its rule or its reference where it has one, else the literal. */
function follows(token) {
  const { alias, $type, $extensions = {} } = token;
  const { 'sama.adopt': adopt, 'sama.mix': mix, 'sama.scale': scale } = $extensions;
  const part = (name) => (name === 'black' ? '#000' : `var(--sama-${name})`);
  if (alias !== undefined) return part(cssName(alias));
  if (adopt !== undefined) return `oklch(from ${part(adopt.from)} ${adopt.lightness} min(c,${adopt.maxChroma}) h)`;
  if (mix !== undefined) return `color-mix(in oklab,${part(mix.of)} ${mix.percent}%,${part(mix.into)})`;
  if (scale !== undefined) return `calc(${part(scale.of)}*${scale.by})`;
  return $type === 'color' ? hexOf(token) : textOf(token);
}

const literalOf = (token) => (token.$type === 'color' ? hexOf(token) : textOf(token));

function paired(first, second) {
  const [a, b] = [follows(first), follows(second)];
  return a === b ? a : `light-dark(${a},${b})`;
}

const block = (selector, declarations, by) =>
  declarations.length === 0
    ? []
    : [
        `${by}${selector} {`,
        ...declarations.map(([path, value]) => `${by}  --sama-${cssName(path)}: ${value};`),
        `${by}}`,
      ];

/** What a page maps stands on `:root` alone; everything else follows it in each scope. */
function scoped(declarations, by = '') {
  const isHost = ([path]) => HOST.includes(path);
  return [
    ...block(':where(:root)', declarations.filter(isHost), by),
    ...block(
      ':where(:root, .sama-scope)',
      declarations.filter((one) => !isHost(one)),
      by,
    ),
  ];
}

/** A part of a page that chose, and the scopes in it. */
const within = (choice, value) =>
  ['', ' .sama-scope'].map((scope) => `[data-sama-${choice}='${value}']${scope}`).join(', ');

/** `sama.css`: every token as `--sama-*`, following the colour scheme, the accent, the surface and the text of the page. */
export function stylesheet({ base, comfortable, compact, light, dark, contrast, 'contrast-dark': contrastDark }) {
  const values = (tokens, text) => [...tokens].map(([path, token]) => [path, text(token)]);
  const pairs = (first, second) => [...first].map(([path, token]) => [path, paired(token, second.get(path))]);
  const more = pairs(contrast, contrastDark);
  const themed = pairs(light, dark).filter(([path]) => isColor([path, light.get(path)]));
  return [
    '/* Generated from tokens/*.json. Set --sama-accent, or any of these, on :root or on an element of class sama-scope. */',
    ...scoped([...values(base, follows), ...values(comfortable, follows), ...values(light, literalOf)]),
    ...block(within('density', 'compact'), values(compact, follows), ''),
    ...['light', 'dark'].map((theme) => `[data-sama-theme='${theme}'] { color-scheme: ${theme}; }`),
    `@supports ${MODERN} {`,
    ...scoped(themed, '  '),
    '  @media (prefers-contrast: more) {',
    ...scoped(more, '    '),
    '  }',
    ...block(within('theme', 'contrast'), more, '  '),
    '}\n',
  ].join('\n');
}

/** `#rrggbb` as short as it goes. */
const short = (hex) => hex.replace(/^#(.)\1(.)\2(.)\3$/, '#$1$2$3');
const lean = (number) => String(number).replace(/^(-?)0\./, '$1.');

/** A value as the lines below have it. */
function terse(token) {
  const { alias, $type, $extensions = {} } = token;
  const { 'sama.adopt': adopt, 'sama.mix': mix, 'sama.scale': scale } = $extensions;
  if (alias !== undefined) return `var(--_${cssName(alias)})`;
  if (adopt !== undefined) return `${lean(adopt.lightness)}/${lean(adopt.maxChroma)}`;
  if (mix?.of === 'text') return String(mix.percent);
  if (mix !== undefined) return `color-mix(in oklab,#000 ${mix.percent}%,var(--_surface))`;
  if (scale !== undefined) return `calc(var(--_${scale.of})*${lean(scale.by)})`;
  return $type === 'color' ? short(hexOf(token)) : textOf(token);
}

/**
 * What an element needs to look right on a page without `sama.css`, as lean lines
 * `name;light;dark;contrast;compact`, where what does not differ is left out. A colour is a hex; or
 * `lightness/chroma`, to be given the hue of the page's accent; or the percent of the page's text
 * in its surface; or CSS, as another token. In order of their names, which compresses best.
 */
export function fallbackLines({ base, light, dark, contrast, comfortable, compact }) {
  const sizes = [...base].filter(([path]) => /^(accent|radius)/.test(path));
  const themed = ([path, token]) => {
    const [first, second, third] = [token, dark.get(path), contrast.get(path)].map(terse);
    return token.$type === 'color' ? [path, first, second, third] : [path, first, '', third];
  };
  const ramps = [...light].filter(([path]) => isRamp(path));
  const lines = [
    ...sizes.map(([path, token]) => [path, terse(token)]),
    ...[...light].filter(([path]) => !isRamp(path)).map(themed),
    ...[...comfortable].map(([path, token]) => [path, terse(token), '', '', terse(compact.get(path))]),
  ];
  const text = (all) => all.map(([path, ...values]) => [cssName(path), ...values].join(';').replace(/;+$/, ''));
  return { lines: text(lines).toSorted(), ramps: text(ramps.map(themed)) };
}

function literal(value, by = '') {
  if (typeof value === 'string') return `'${value}'`;
  const key = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);
  const lines = Object.entries(value).map(([name, child]) => `${by}  ${key(name)}: ${literal(child, `${by}  `)},`);
  return `{\n${lines.join('\n')}\n${by}}`;
}

/** The TypeScript modules under `src/generated`, by file name. */
export function modules(compiled) {
  const { base, light, dark, contrast, 'contrast-dark': contrastDark, comfortable, compact } = compiled;
  const named = (tokens, keep) =>
    Object.fromEntries([...tokens].filter(keep).map(([path, token]) => [cssName(path), literalOf(token)]));
  const isSize = (entry) => !isColor(entry);
  const colours = Object.entries({ light, dark, contrast, 'contrast-dark': contrastDark });
  const { lines, ramps } = fallbackLines(compiled);
  const head = '// Generated from tokens/*.json by build.mjs; change those.\n';
  return {
    'values.ts': `${head}
/** Colours of each theme, as sRGB hex. @public */
export const colors = ${literal(Object.fromEntries(colours.map(([theme, tokens]) => [theme, named(tokens, isColor)])))} as const;

/** Sizes, durations and easings, as CSS text; lines and edges are those of the light theme. @public */
export const sizes = ${literal({ ...named(base, isSize), ...named(light, isSize) })} as const;

/** Sizes of each density, as CSS text. @public */
export const densities = ${literal({ comfortable: named(comfortable, isSize), compact: named(compact, isSize) })} as const;
`,
    'lines.ts': `${head}
/** See \`fallbackLines\` in emit.mjs. */
export const lines =
  '${lines.join('|')}';

/** The ramps in the same words; no element carries them. */
export const ramps =
  '${ramps.join('|')}';
`,
  };
}
