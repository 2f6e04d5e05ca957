import type { KpiTile } from '@sama/metrics/contracts';

/** A trend as the paths of a picture of 120 × 34. */
export interface Spark {
  line: string;
  /** Of the target; empty without one. */
  due: string;
  end: { x: number; y: number };
}

export const [WIDTH, HEIGHT] = [120, 34];
const PAD = 3;

/** The steps that can be compared: of what adds up only whole ones, since a week cut in half would look like a fall. */
export const stepsOf = ({
  trend = [],
  additivity,
}: Pick<KpiTile, 'trend' | 'additivity'>): NonNullable<KpiTile['trend']> =>
  additivity === 'sum' ? trend.filter(({ partial }) => partial !== true) : trend;

/**
 * Draws a trend from the start of the line to its end, with the target as a line of its own.
 *
 * @returns `null` with fewer than two values.
 */
export function sparkOf(tile: Pick<KpiTile, 'trend' | 'additivity'>, rtl: boolean): Spark | null {
  const steps = stepsOf(tile);
  const values = steps.flatMap(({ result }) => (result.value === null ? [] : [result.value]));
  if (values.length < 2) return null;
  const all = [...values, ...steps.flatMap(({ due }) => due ?? [])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const round = (n: number): number => Math.round(n * 10) / 10;
  const x = (i: number): number => {
    const at = PAD + (i / (steps.length - 1)) * (WIDTH - 2 * PAD);
    return round(rtl ? WIDTH - at : at);
  };
  const y = (value: number): number =>
    round(high === low ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD));
  const path = (of: (step: (typeof steps)[number]) => number | null | undefined): string => {
    let pen = 'M';
    return steps
      .map((step, i) => {
        const value = of(step);
        const part = value === null || value === undefined ? '' : `${pen}${x(i)} ${y(value)}`;
        pen = part === '' ? 'M' : 'L';
        return part;
      })
      .join('');
  };
  const last = steps.findLastIndex(({ result }) => result.value !== null);
  return {
    line: path(({ result }) => result.value),
    due: path(({ due }) => due),
    end: { x: x(last), y: y(values.at(-1) ?? 0) },
  };
}
