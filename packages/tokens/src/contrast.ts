import { wcagContrast } from 'culori';
import type { ColorName, Theme } from './index.ts';

/** Colours by the name of their token, as CSS text. @public */
export type Colors = Partial<Record<ColorName, string>>;

/** One colour on another, and whether it can be seen. @public */
export interface Contrast {
  /** Text is read; a mark is only seen: a bar, an edge, the ring of the focus. */
  kind: 'text' | 'mark';
  color: ColorName;
  on: ColorName;
  /** WCAG 2 contrast ratio, 1 to 21. */
  ratio: number;
  /** The least ratio: 4.5 for text (7 where more contrast is asked for), 3 for marks. */
  need: number;
  passes: boolean;
}

const surfaces = ['surface', 'surface-sunken', 'surface-raised'] as const;
const statuses = ['ok', 'warn', 'bad', 'neutral'] as const;

const texts: readonly (readonly [ColorName, ColorName])[] = [
  ...[...surfaces, 'accent-soft' as const].flatMap((on) => [
    ['text', on] as const,
    ['text-muted', on] as const,
    ['accent-ink', on] as const,
  ]),
  ['on-accent', 'accent-ink'],
  ['on-accent', 'accent-hover'],
  ...statuses.flatMap((name) => [
    [name, 'surface'] as const,
    [name, 'surface-sunken'] as const,
    [name, `${name}-soft`] as const,
    [name, 'accent-soft'] as const,
    ['text', `${name}-soft`] as const,
    ['text-muted', `${name}-soft`] as const,
  ]),
  ['text', 'data-flow'],
  ['text-muted', 'data-flow'],
  ['text', 'data-open'],
  ['text', 'data-recycled'],
  ['text', 'data-lost'],
];

const marks: readonly (readonly [ColorName, ColorName])[] = [
  ...statuses.flatMap((name) => [
    [`${name}-mark`, 'surface'] as const,
    [`${name}-mark`, `${name}-soft`] as const,
    [`${name}-mark`, 'accent-soft'] as const,
  ]),
  ...(
    ['data-advanced', 'data-open-line', 'data-recycled-line', 'data-lost-line', 'border-strong', 'focus'] as const
  ).flatMap((name) => [[name, 'surface'] as const, [name, 'surface-sunken'] as const, [name, 'accent-soft'] as const]),
  ['data-recycled-line', 'data-recycled'],
  ['data-advanced', 'data-open'],
  ...([1, 2, 3, 4, 5, 6] as const).map((n) => [`categorical-${n}`, 'surface'] as const),
];

/**
 * The contrast of every text and mark of the elements on everything it can lie on, by WCAG 2.2
 * (1.4.3, 1.4.6 and 1.4.11). Pairs of which a colour is missing are left out.
 * @public
 */
export function contrastsOf(colors: Colors, theme: Theme): Contrast[] {
  const needOf = { text: theme.startsWith('contrast') ? 7 : 4.5, mark: 3 };
  const measure =
    (kind: 'text' | 'mark') =>
    ([color, on]: readonly [ColorName, ColorName]): Contrast[] => {
      const [above, below] = [colors[color], colors[on]];
      if (above === undefined || below === undefined) return [];
      const [ratio, need] = [wcagContrast(above, below), needOf[kind]];
      return [{ kind, color, on, ratio, need, passes: ratio >= need }];
    };
  return [...texts.flatMap(measure('text')), ...marks.flatMap(measure('mark'))];
}
