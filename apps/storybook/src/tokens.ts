import { colors, densities, sizes, type Theme } from '@sama/tokens';

/** A family of colours and what it is for. A colour belongs to the first family whose pattern fits. */
const FAMILIES = [
  {
    title: 'Data',
    use: 'Parts of a bar. Recycled and lost also carry a pattern, so that no colour speaks alone.',
    fits: /^data-/,
  },
  { title: 'Status', use: 'Always with a shape and words.', fits: /^(ok|warn|bad|neutral)/ },
  { title: 'Sequential', use: 'From few to many, in the hue of the accent.', fits: /^sequential-/ },
  { title: 'Categorical', use: 'Kinds without an order.', fits: /^categorical-/ },
  { title: 'Accent', use: 'Takes its hue from the page: set --sama-accent.', fits: /accent|^focus/ },
  { title: 'Ink and paper', use: 'Everything else.', fits: /./ },
] as const;

export interface Swatch {
  name: string;
  /** sRGB, as `#rrggbb`. */
  value: string;
}

/** The colours of a theme, family by family, in the order of the catalogue. */
export function families(theme: Theme): readonly { title: string; use: string; swatches: readonly Swatch[] }[] {
  const all = Object.entries(colors[theme]).map(([name, value]) => ({ name, value }));
  const familyOf = (name: string) => FAMILIES.find(({ fits }) => fits.test(name))?.title;
  return FAMILIES.map(({ title, use }) => ({
    title,
    use,
    swatches: all.filter(({ name }) => familyOf(name) === title),
  }));
}

/** The theme that the toolbar chooses. */
export function themeOf(name: unknown): Theme {
  return name === 'dark' || name === 'contrast' ? name : 'light';
}

/** The sizes, durations and easings whose name starts so, in the comfortable density. */
export function scale(prefix: string): readonly Swatch[] {
  return Object.entries({ ...sizes, ...densities.comfortable })
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => ({ name, value }));
}
