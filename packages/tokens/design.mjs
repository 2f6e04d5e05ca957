// Files for design tools, which know sRGB and pixels but neither relative colours nor em.
import { DENSITIES, hexOf, THEMES } from './compile.mjs';

/** CSS pixels of 1 em in a design file: the size of text most pages have. */
const EM = 16;
const MODES = [...THEMES, 'contrast-dark', ...DENSITIES];

/** The value as the format of 2025.10 has it: colours with their sRGB components, sizes in pixels. */
function valueOf(token) {
  const { $type, $value } = token;
  if ($type === 'color') {
    const hex = hexOf(token);
    const components = [1, 3, 5].map((at) => Number((Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(4)));
    return { colorSpace: 'srgb', components, alpha: 1, hex };
  }
  return $value.unit === 'em' ? { value: $value.value * EM, unit: 'px' } : $value;
}

/** The value as a text, which is what tools of earlier drafts read. */
function plainOf(token) {
  const value = valueOf(token);
  return value.hex ?? (Array.isArray(value) ? value : `${value.value}${value.unit}`);
}

function tree(tokens, toValue) {
  const root = {};
  for (const [path, token] of tokens) {
    const names = path.split('.');
    const last = names.pop();
    let group = root;
    for (const name of names) group = group[name] ??= {};
    const { $type, $description } = token;
    group[last] = { $type, $value: toValue(token), ...($description === undefined ? {} : { $description }) };
  }
  return root;
}

/** Tokens Studio and Penpot: one file of sets, and themes that choose among them. */
function studio(compiled) {
  const theme = (name, group) => ({
    id: name,
    name,
    group,
    selectedTokenSets: { base: 'enabled', [name]: 'enabled' },
  });
  const sets = ['base', ...MODES];
  return {
    ...Object.fromEntries(sets.map((name) => [name, tree(compiled[name], plainOf)])),
    $themes: MODES.map((name) => theme(name, DENSITIES.includes(name) ? 'Density' : 'Theme')),
    $metadata: { tokenSetOrder: sets, activeThemes: ['Theme/light', 'Density/comfortable'] },
  };
}

/** The design files by name: all tokens, each mode by itself (Figma imports one file for each mode), and sets. */
export function designFiles(compiled) {
  const text = (value) => `${JSON.stringify(value, null, 2)}\n`;
  const all = Object.fromEntries(MODES.map((name) => [name, tree(compiled[name], valueOf)]));
  return {
    'tokens.json': text({ ...tree(compiled.base, valueOf), ...all }),
    'tokens-studio.json': text(studio(compiled)),
    ...Object.fromEntries(
      MODES.map((name) => [`modes/${name}.tokens.json`, text({ ...tree(compiled.base, valueOf), ...all[name] })]),
    ),
  };
}
