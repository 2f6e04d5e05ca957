import type { Chart } from './model.ts';

/** Of a shape in its own units; it is stretched over the row. */
export const [WIDTH, HEIGHT] = [1000, 100];

/**
 * The shape of each row, as wide at its upper edge as the bar would be long and at its lower edge as the next one;
 * empty where a stage is not recorded. Heights are equal, so areas mean nothing.
 */
export function shapesOf(rows: readonly Pick<Chart['rows'][number], 'bar' | 'missing'>[]): string[] {
  return rows.map(({ bar, missing }, i) => {
    if (missing !== undefined) return '';
    const next = rows[i + 1];
    const below = next === undefined || next.missing !== undefined ? bar.size : next.bar.size;
    const [top, bottom] = [bar.size, below].map((size) => Math.round((size * WIDTH) / 2));
    const middle = WIDTH / 2;
    return top === undefined || bottom === undefined
      ? ''
      : `M${middle - top} 0H${middle + top}L${middle + bottom} ${HEIGHT}H${middle - bottom}Z`;
  });
}
