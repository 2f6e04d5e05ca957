import type { colors } from './generated/values.ts';

export { colors, sizes } from './generated/values.ts';

/** The themes Sama is drawn in; `contrast` answers `prefers-contrast: more`. @public */
export type Theme = keyof typeof colors;

/** A colour every theme defines, by its name without the prefix `--sama-`. @public */
export type ColorName = keyof (typeof colors)['light'];
