import type { CurvePoint } from '../contracts/index.ts';
import { aalenJohansen, incidenceAt, kaplanMeier, type DurationGroup } from '../stats/index.ts';
import { DAY_MS } from '../time/index.ts';

/** Points of a curve; more say nothing on a screen. */
const POINTS = 60;

/** The steps to show: the last of each of so many equal spans of time, so that each shown value is exact. */
function thinned<Step extends { t: number }>(steps: readonly Step[]): Step[] {
  const longest = steps.at(-1)?.t ?? 0;
  const span = ({ t }: Step): number => (longest === 0 ? 0 : Math.ceil((t / longest) * POINTS));
  return steps.filter((step, i) => {
    const next = steps[i + 1];
    return next === undefined || span(next) !== span(step);
  });
}

/**
 * The share still at a stage after a time, visits that go on censored (Kaplan–Meier), with its 95 % interval.
 *
 * @param durations milliseconds; code 1 = left, 0 = still there
 */
export function stayCurve(durations: readonly DurationGroup[]): CurvePoint[] {
  return thinned(kaplanMeier(durations)).map(({ t, atRisk, survival }) => {
    const { low = 0, high = 1 } = incidenceAt(durations, t) ?? {};
    return { ms: t, atRisk, value: survival, low: 1 - high, high: 1 - low };
  });
}

/**
 * The share of entrants that came to the final stage by a time, losses as competing events (Aalen–Johansen).
 *
 * @param groups whole days
 */
export function conversionCurve(groups: readonly DurationGroup[]): CurvePoint[] {
  return thinned(aalenJohansen(groups)).map(({ t, atRisk, cif }) => {
    const { low = 0, high = 1 } = incidenceAt(groups, t) ?? {};
    return { ms: t * DAY_MS, atRisk, value: cif, low, high };
  });
}
