import { wilson } from './wilson.ts';

/** How often a duration occurred. `code`: 0 censored, 1 the event, 2 a competing event. @public */
export type DurationGroup = readonly [duration: number, code: 0 | 1 | 2, count: number];

interface Moment {
  t: number;
  atRisk: number;
  events: number;
  competing: number;
}

/** The distinct times at which something happened, events before censorings of the same time. */
function moments(groups: readonly DurationGroup[]): Moment[] {
  const sorted = [...groups].sort((a, b) => a[0] - b[0]);
  let atRisk = sorted.reduce((sum, [, , count]) => sum + count, 0);
  const result: Moment[] = [];
  for (let i = 0; i < sorted.length;) {
    const t = sorted[i]?.[0] ?? 0;
    let events = 0;
    let competing = 0;
    let leaving = 0;
    for (; i < sorted.length && sorted[i]?.[0] === t; i++) {
      const [, code, count] = sorted[i] ?? [0, 0, 0];
      if (code === 1) events += count;
      else if (code === 2) competing += count;
      leaving += count;
    }
    if (events + competing > 0) result.push({ t, atRisk, events, competing });
    atRisk -= leaving;
  }
  return result;
}

/** The survival curve at one time. @public */
export interface SurvivalStep {
  t: number;
  atRisk: number;
  events: number;
  /** The share for whom it has not happened by `t`, `t` included. */
  survival: number;
}

/**
 * The Kaplan–Meier estimate: S(t) = Π (1 − dᵢ/nᵢ) over the event times up to t. A competing event
 * (code 2) is treated as a censoring, which overstates conversion; see {@link aalenJohansen}. For the interval of
 * 1 − S(t) give {@link incidenceAt} groups without code 2: its variance is then that of Greenwood.
 * Source: Kaplan & Meier, JASA 53 (1958) 457–481.
 * @public
 */
export function kaplanMeier(groups: readonly DurationGroup[]): SurvivalStep[] {
  let survival = 1;
  return moments(groups)
    .filter((m) => m.events > 0)
    .map(({ t, atRisk, events }) => {
      survival *= 1 - events / atRisk;
      return { t, atRisk, events, survival };
    });
}

/** Rounding of products of fractions must not move a step across a threshold. */
const SLACK = 1e-12;

/**
 * The time by which a share `p` has happened: the first step where survival falls to 1 − p or
 * below. Null when it never does, because too many are still open.
 * @public
 */
export function survivalQuantile(steps: readonly SurvivalStep[], p: number): number | null {
  return steps.find((s) => s.survival <= 1 - p + SLACK)?.t ?? null;
}

/** The cumulative incidences at one time. @public */
export interface IncidenceStep {
  t: number;
  atRisk: number;
  converted: number;
  lost: number;
  /** The share converted by `t` when leads may also be lost. */
  cif: number;
  /** The share with neither by `t`. */
  survival: number;
  /** Variance of `cif`. */
  variance: number;
}

/**
 * The Aalen–Johansen cumulative incidence of conversion with loss as a competing event:
 * F(t) = Σ S(tᵢ₋₁) · dᵢ/nᵢ. Source: Aalen & Johansen, Scand. J. Statist. 5 (1978) 141–150;
 * variance by the delta method (Marubini & Valsecchi 1995, eq. 10.12).
 * @public
 */
export function aalenJohansen(groups: readonly DurationGroup[]): IncidenceStep[] {
  let survival = 1;
  let cif = 0;
  // Var F(t) = F²A − 2FB + C + D − 2(FE − G), kept as running sums so that a long curve is one pass.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let g = 0;
  return moments(groups).map(({ t, atRisk: n, events, competing }) => {
    const all = events + competing;
    const before = survival;
    cif += (before * events) / n;
    survival *= 1 - all / n;
    const hazard = n > all ? all / (n * (n - all)) : 0;
    a += hazard;
    b += hazard * cif;
    c += hazard * cif * cif;
    d += (before * before * (n - events) * events) / n ** 3;
    e += (before * events) / (n * n);
    g += (before * events * cif) / (n * n);
    const variance = Math.max(0, cif * cif * a - 2 * cif * b + c + d - 2 * (cif * e - g));
    return { t, atRisk: n, converted: events, lost: competing, cif, survival, variance };
  });
}

/**
 * The Aalen–Johansen incidence at time `t` with its 95 % interval: on the complementary log-log
 * scale, which stays within 0 and 1; where nobody or everybody has converted, which has no spread to
 * work with, the Wilson interval of 0 or all of those followed. Null for nobody.
 * @public
 */
export function incidenceAt(
  groups: readonly DurationGroup[],
  t: number,
): { value: number; low: number; high: number } | null {
  const n = groups.reduce((sum, [, , count]) => sum + count, 0);
  const step = aalenJohansen(groups).findLast((s) => s.t <= t);
  const value = step?.cif ?? 0;
  if (step === undefined || value <= 0 || value >= 1) return wilson(value >= 1 ? n : 0, n);
  const spread = (1.959963984540054 * Math.sqrt(step.variance)) / (value * Math.abs(Math.log(value)));
  return { value, low: value ** Math.exp(spread), high: value ** Math.exp(-spread) };
}
