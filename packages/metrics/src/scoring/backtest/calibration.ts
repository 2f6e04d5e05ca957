import type { Rate } from '../../contracts/index.ts';
import { InputError } from '../../errors.ts';
import { rate } from '../../funnel/stages.ts';
import type { PastLead } from './contracts.ts';
import { nothing, ranked, winsOf, type Value } from './past-leads.ts';
import { cutByRank } from './ranking.ts';

/** A lead with the probability, 0 to 1, that was foretold of it. @beta */
export interface Foretold {
  probability: number;
  won: boolean;
}

/** Whether predicted probabilities came true. @beta */
export interface Calibration {
  /** Highest probabilities first; empty groups are left out. */
  groups: { n: number; won: number; predicted: number; observed: Rate }[];
  /** The mean of (probability − outcome)², 0 is best. */
  brier: Value;
  /** 1 − Brier over that of always foretelling the share won: above 0 the model knows more than the average. */
  skill: Value;
}

/**
 * How far probabilities keep their word: the mean foretold beside the share observed, by groups of equal
 * size, and the Brier score. Probabilities fitted on the same leads look better than they are;
 * fit on earlier leads, look at later ones. Source: Brier, Monthly Weather Review 78 (1950) 1–3.
 *
 * @throws InputError for a probability outside 0 to 1.
 * @beta
 */
export function calibration(leads: readonly Foretold[], groups = 10): Calibration {
  leads.forEach(({ probability }, i) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new InputError(`leads.${i}.probability`, `${probability} is no probability`, 'give a share from 0 to 1');
    }
  });
  const sorted = ranked(leads.map(({ probability, won }) => ({ score: probability, won })));
  const n = sorted.length;
  const base = winsOf(sorted) / n;
  const brier = sorted.reduce((sum, { score, won }) => sum + (score - (won ? 1 : 0)) ** 2, 0) / n;
  const spread = base * (1 - base);
  return {
    groups: cutByRank(sorted, groups)
      .filter((members) => members.length > 0)
      .map((members) => ({
        n: members.length,
        won: winsOf(members),
        predicted: members.reduce((sum, { score }) => sum + score, 0) / members.length,
        observed: rate(winsOf(members), members.length),
      })),
    brier: n === 0 ? nothing('zero-denominator') : { value: brier },
    skill: spread > 0 ? { value: 1 - brier / spread } : nothing('insufficient-data'),
  };
}

/** A fitted curve from score to probability, `1 / (1 + exp(−(intercept + slope · score)))`. @beta */
export interface ProbabilityCurve {
  slope: number;
  intercept: number;
}

/** The probability, 0 to 1, that a curve foretells for a score. @beta */
export const probabilityOf = ({ slope, intercept }: ProbabilityCurve, score: number): number =>
  1 / (1 + Math.exp(-(intercept + slope * score)));

/**
 * Fits the chance of winning to the score by Platt's logistic curve, with his smoothed targets
 * (w + 1) / (w + 2) and 1 / (l + 2), which keep it finite where the score separates perfectly.
 * Source: Platt, Advances in Large Margin Classifiers (1999) 61–74; Newton's method with
 * backtracking after Lin, Lin & Weng, Machine Learning 68 (2007) 267–276.
 *
 * @returns null unless there are leads of both outcomes.
 * @throws InputError for leads as `auc` does.
 * @beta
 */
export function fitProbability(leads: readonly PastLead[]): ProbabilityCurve | null {
  const sorted = ranked(leads);
  const won = winsOf(sorted);
  const lost = sorted.length - won;
  if (won === 0 || lost === 0) return null;
  const mean = sorted.reduce((sum, { score }) => sum + score, 0) / sorted.length;
  const spread = Math.sqrt(sorted.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / sorted.length) || 1;
  const points = sorted.map((lead): Point => {
    return { x: (lead.score - mean) / spread, y: lead.won ? (won + 1) / (won + 2) : 1 / (lost + 2) };
  });
  const { a, b } = descend(points, { a: 0, b: Math.log((won + 1) / (lost + 1)) });
  return { slope: a / spread, intercept: b - (a * mean) / spread };
}

interface Point {
  x: number;
  y: number;
}
interface Line {
  a: number;
  b: number;
}

/** The cross-entropy of targets under a curve, written so that no exponential overflows. */
const loss = (points: readonly Point[], { a, b }: Line): number =>
  points.reduce((sum, { x, y }) => {
    const f = a * x + b;
    return sum + Math.max(f, 0) - f * y + Math.log1p(Math.exp(-Math.abs(f)));
  }, 0);

function descend(points: readonly Point[], start: Line): Line {
  let at = start;
  let value = loss(points, at);
  for (let round = 0; round < 100; round++) {
    let [ga, gb, aa, ab, bb] = [0, 0, 1e-12, 0, 1e-12];
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-(at.a * x + at.b)));
      const curve = p * (1 - p);
      ga += (p - y) * x;
      gb += p - y;
      aa += curve * x * x;
      ab += curve * x;
      bb += curve;
    }
    if (Math.max(Math.abs(ga), Math.abs(gb)) < 1e-10) break;
    const determinant = aa * bb - ab * ab;
    const step = { a: (ab * gb - bb * ga) / determinant, b: (ab * ga - aa * gb) / determinant };
    let size = 1;
    let next = at;
    let lower = value;
    for (; size > 1e-10; size /= 2) {
      next = { a: at.a + size * step.a, b: at.b + size * step.b };
      lower = loss(points, next);
      if (lower < value) break;
    }
    if (!(lower < value)) break;
    [at, value] = [next, lower];
  }
  return at;
}
