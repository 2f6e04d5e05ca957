import { adoptedOf, hexOf, textOf, THEMES } from './compile.mjs';

const cssName = (path) => path.replaceAll('.', '-');
/** Ramps serve whole palettes; a widget that needs one takes it from the typed constants. */
const isRamp = (path) => /^(sequential|categorical)\./.test(path);
const MODERN = '(color:light-dark(red,red)) and (color:oklch(from red l c h))';
const indent = (lines, by) => lines.map((line) => `${by}${line}`).join('\n');

function paired(path, first, second, accent) {
  const [a, b] = [first.get(path), second.get(path)].map((token) => adoptedOf(token, accent));
  return a === b ? a : `light-dark(${a},${b})`;
}

/** `sama.css`: every token as `--sama-*`, following the colour scheme and the accent of the page. */
export function stylesheet({ base, light, dark, contrast }) {
  const colours = [...light.keys()];
  const sizes = [...base]
    .filter(([, token]) => token.$type !== 'color')
    .map(([path, token]) => `--sama-${cssName(path)}: ${textOf(token)};`);
  const accent = `var(--sama-accent, ${hexOf(base.get('accent'))})`;
  const plain = colours.map((path) => `--sama-${cssName(path)}: ${hexOf(light.get(path))};`);
  const themed = (from) => colours.map((path) => `--sama-${cssName(path)}: ${paired(path, from, dark, accent)};`);
  const scope = ':where(:root, .sama-scope)';
  return [
    '/* Generated from tokens/*.json. Set --sama-accent, or any of these, on :root or on an element of class sama-scope. */',
    `${scope} {\n${indent([...sizes, ...plain], '  ')}\n}`,
    `@supports ${MODERN} {\n  ${scope} {\n${indent(themed(light), '    ')}\n  }`,
    `  @media (prefers-contrast: more) {\n    ${scope} {\n${indent(themed(contrast), '      ')}\n    }\n  }\n}\n`,
  ].join('\n');
}

/** `#rrggbb` as short as it goes. */
const short = (hex) => hex.replace(/^#(.)\1(.)\2(.)\3$/, '#$1$2$3');
const lean = (number) => String(number).replace(/^0\./, '.');

/**
 * What an element needs to look right on a page without `sama.css`, as lean lines
 * `name light dark contrast`, or `name value` where themes do not differ. A colour is a hex, or
 * `lightness/chroma` to be given the page's hue.
 */
export function fallbackLines({ base, light, dark, contrast }) {
  const value = (token) => {
    const adopt = token.$extensions?.['sama.adopt'];
    return adopt === undefined ? short(hexOf(token)) : `${lean(adopt.lightness)}/${lean(adopt.maxChroma)}`;
  };
  const names = [...light.keys()].filter((path) => !isRamp(path));
  const lines = names.map((path) =>
    [path, ...[light, dark, contrast].map((theme) => value(theme.get(path)))].join(' '),
  );
  const radii = [...base].filter(([path]) => path.startsWith('radius.'));
  return [
    `accent ${short(hexOf(base.get('accent')))}`,
    ...radii.map(([path, token]) => `${cssName(path)} ${textOf(token)}`),
    ...lines,
  ];
}

/** The resolved tokens as one DTCG document for design tools. */
export function documentOf({ base, ...themes }) {
  const tree = (tokens) => {
    const root = {};
    for (const [path, token] of tokens) {
      const names = path.split('.');
      const last = names.pop();
      let group = root;
      for (const name of names) group = group[name] ??= {};
      group[last] = token;
    }
    return root;
  };
  const document = { ...tree(base), ...Object.fromEntries(THEMES.map((theme) => [theme, tree(themes[theme])])) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function literal(value, by = '') {
  if (typeof value === 'string') return `'${value}'`;
  const key = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);
  const lines = Object.entries(value).map(([name, child]) => `${by}  ${key(name)}: ${literal(child, `${by}  `)},`);
  return `{\n${lines.join('\n')}\n${by}}`;
}

/** The TypeScript modules under `src/generated`, by file name. */
export function modules(compiled) {
  const { base, ...themes } = compiled;
  const colours = Object.fromEntries(
    THEMES.map((theme) => [
      theme,
      Object.fromEntries([...themes[theme]].map(([path, token]) => [cssName(path), hexOf(token)])),
    ]),
  );
  const sizes = [...base]
    .filter(([, token]) => token.$type !== 'color')
    .map(([path, token]) => [cssName(path), textOf(token)]);
  const head = '// Generated from tokens/*.json by build.mjs; change those.\n';
  return {
    'values.ts': `${head}
/** Colours of each theme, as sRGB hex. @public */
export const colors = ${literal(colours)} as const;

/** Sizes, durations and easings, as CSS text. @public */
export const sizes = ${literal(Object.fromEntries(sizes))} as const;
`,
    'lines.ts': `${head}
/** See \`fallbackLines\` in emit.mjs. */
export const lines =
  '${fallbackLines(compiled).join('|')}';
`,
  };
}
