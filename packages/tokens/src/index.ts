import type { colors } from './generated/values.ts';

export { colors, densities, sizes } from './generated/values.ts';

/** The themes Sama is drawn in; the contrast ones answer `prefers-contrast: more` on light and dark pages. @public */
export type Theme = keyof typeof colors;

/** A colour every theme defines, by its name without the prefix `--sama-`. @public */
export type ColorName = keyof (typeof colors)['light'];
