export {
  inHoldout,
  proposeThreshold,
  thresholdForCapacity,
  type AgreementInput,
  type ThresholdProposal,
} from './agreement.ts';
export { backtest, type Backtest, type BacktestOptions } from './backtest.ts';
export {
  calibration,
  fitProbability,
  probabilityOf,
  type Calibration,
  type Foretold,
  type ProbabilityCurve,
} from './calibration.ts';
export * from './contracts.ts';
export {
  scorePast,
  settle,
  type ScoredPast,
  type ScorePastOptions,
  type Settled,
  type SettleOptions,
} from './history.ts';
export type { Value } from './past-leads.ts';
export { auc, conversionByBand, conversionByRating, liftByRank, type Conversion, type RankGroup } from './ranking.ts';
export { biasBySegment, stability, type QuarterResult, type SegmentResult } from './stability.ts';
export { atThreshold, thresholdCurve, type ThresholdPoint } from './thresholds.ts';
