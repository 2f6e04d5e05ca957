import type { Rate } from '../../contracts/index.ts';
import { rate } from '../../funnel/stages.ts';
import { DEFAULT_BANDS } from '../../contracts/score-bands.ts';
import type { PastLead } from './contracts.ts';
import { winsOf, type Value } from './past-leads.ts';
import { auc, conversionByBand, conversionByRating, liftByRank, type Conversion, type RankGroup } from './ranking.ts';
import { thresholdCurve, type ThresholdPoint } from './thresholds.ts';

/** How a back-test groups and compares. @beta */
export interface BacktestOptions {
  /** Default: every score that occurs. */
  thresholds?: readonly number[] | undefined;
  /** Default: 10, deciles. */
  groups?: number | undefined;
  /** The score from which each band begins. Default: A 75, B 50, C 25; the rest is D. */
  bounds?: Readonly<Record<string, number>> | undefined;
  /** What lies below all bounds. Default: `D`. */
  rest?: string | undefined;
}

/** What a model would have brought in the past. @beta */
export interface Backtest {
  n: number;
  /** The share won of all. */
  base: Rate;
  auc: Value;
  thresholds: ThresholdPoint[];
  lift: RankGroup[];
  bands: Conversion[];
  /** For each rating that occurs. */
  ratings: Conversion[];
}

/**
 * How well a score would have told who is won: threshold curve, lift, AUC and conversion by band and
 * rating, each share with its Wilson interval. For leads from `settle`, which leaves out those it is
 * too early to judge.
 *
 * @throws InputError as `auc`, `thresholdCurve` and `liftByRank` do.
 * @beta
 */
export function backtest(leads: readonly PastLead[], options: BacktestOptions = {}): Backtest {
  const { thresholds, groups, bounds = DEFAULT_BANDS.grade, rest = 'D' } = options;
  return {
    n: leads.length,
    auc: auc(leads),
    base: rate(winsOf(leads), leads.length),
    thresholds: thresholdCurve(leads, thresholds),
    lift: liftByRank(leads, groups),
    bands: conversionByBand(leads, bounds, rest),
    ratings: conversionByRating(leads),
  };
}
