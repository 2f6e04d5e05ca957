import { InputError } from '../errors.ts';

/** The mean range of two standard normal values, d₂ = 2/√π, and the standard deviation of that range, d₃. */
const D2 = 2 / Math.sqrt(Math.PI);
const D3 = Math.sqrt(2 - D2 * D2);

/** Points in a row on one side of the centre that are no accident. Source: Western Electric (1956), rule 4. */
const RUN = 8;

/** `outside`: beyond a limit. `run`: the eighth or a later point in a row on one side of the centre. @public */
export type Signal = 'outside' | 'run';

/** A point of a control chart with its limits. @public */
export interface ControlPoint {
  /** Null where there is nothing to divide by. */
  value: number | null;
  low: number | null;
  high: number | null;
  /** Null for a point that is within what chance does. */
  signal: Signal | null;
}

/** Points against the limits of their own variation. @public */
export interface ControlChart {
  centre: number;
  points: ControlPoint[];
}

interface Limited {
  value: number;
  low: number;
  high: number;
}

/** Judges points in their order; one without a value neither makes nor breaks a run, one on the centre breaks it. */
function judged(centre: number, points: readonly (Limited | null)[]): ControlPoint[] {
  let side = 0;
  let run = 0;
  return points.map((point) => {
    if (point === null) return { value: null, low: null, high: null, signal: null };
    const { value, low, high } = point;
    const now = Math.sign(value - centre);
    run = now === 0 ? 0 : now === side ? run + 1 : 1;
    side = now;
    const signal = value < low || value > high ? 'outside' : run >= RUN ? 'run' : null;
    return { value, low, high, signal };
  });
}

/**
 * The control chart of a share (p chart): p̄ = Σk / Σn, limits p̄ ± 3 √(p̄ (1 − p̄) / n) for each n, within 0 and 1.
 * Says which weeks differ by more than chance. With thousands in each `n` even small true changes are signals.
 * Source: Shewhart, Economic Control of Quality (1931); Montgomery, Statistical Quality Control, 7.2.
 *
 * @param points `k` of `n` in their order, such as accepted of offered for each week; `n` of 0 has no value.
 * @param baseline how many of the first points set the centre. Default: all.
 * @returns null when nobody is counted in the baseline.
 * @throws InputError unless 0 ≤ k ≤ n.
 * @public
 */
export function proportionChart(
  points: readonly { k: number; n: number }[],
  baseline: number = points.length,
): ControlChart | null {
  points.forEach(({ k, n }, i) => {
    if (!(k >= 0 && k <= n && n < Infinity)) {
      throw new InputError(`points.${i}`, `${k} of ${n} is no share`, 'give numbers with 0 ≤ k ≤ n');
    }
  });
  const first = points.slice(0, baseline);
  const n = first.reduce((sum, point) => sum + point.n, 0);
  if (n === 0) return null;
  const centre = first.reduce((sum, point) => sum + point.k, 0) / n;
  const limited = points.map((point) => {
    if (point.n === 0) return null;
    const reach = 3 * Math.sqrt((centre * (1 - centre)) / point.n);
    return { value: point.k / point.n, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
  });
  return { centre, points: judged(centre, limited) };
}

/** A control chart of single values, with that of their moving range. @public */
export interface IndividualsChart extends ControlChart {
  /** The mean moving range and the limit a single range must stay below. */
  range: { centre: number; high: number };
}

/**
 * The control chart of single values (XmR): x̄ ± 3 m̄R / d₂ with the mean moving range m̄R of neighbours and
 * d₂ = 1.128, that is x̄ ± 2.66 m̄R; ranges have the limit (1 + 3 d₃/d₂) m̄R = 3.27 m̄R.
 * Source: Shewhart (1931); Wheeler & Chambers, Understanding Statistical Process Control (1992), ch. 3.
 *
 * @param values in their order and unit, such as the median days of each week.
 * @param baseline how many of the first values set centre and limits. Default: all.
 * @returns null for fewer than two values in the baseline.
 * @throws InputError for a value that is not finite.
 * @public
 */
export function individualsChart(values: readonly number[], baseline: number = values.length): IndividualsChart | null {
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new InputError(`values.${odd}`, `${values[odd]} is no figure`, 'leave it out or give a finite one');
  const first = values.slice(0, baseline);
  if (first.length < 2) return null;
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const centre = mean(first);
  const range = mean(first.slice(1).map((value, i) => Math.abs(value - (first[i] ?? value))));
  const reach = (3 * range) / D2;
  return {
    centre,
    range: { centre: range, high: range * (1 + (3 * D3) / D2) },
    points: judged(
      centre,
      values.map((value) => ({ value, low: centre - reach, high: centre + reach })),
    ),
  };
}
