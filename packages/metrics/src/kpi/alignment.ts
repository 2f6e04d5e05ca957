import { mixAndRate } from '../stats/decomposition.ts';
import type { InputsOf } from './inputs.ts';

type Dimensions = InputsOf<{ dimensions: 'dimensions' }>['dimensions'];

/** The weights of the dimensions of the alignment index; they add up to 1. @beta */
export const ALIGNMENT_WEIGHTS = {
  goals: 0.15,
  language: 0.15,
  handoff: 0.25,
  data: 0.15,
  outcomes: 0.2,
  perception: 0.1,
} as const;
/** A dimension of the alignment index. @beta */
export type AlignmentDimension = keyof typeof ALIGNMENT_WEIGHTS;

const mean = (scores: readonly (number | null | undefined)[]): number | null => {
  const known = scores.filter((score) => score !== null && score !== undefined);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
};
const percent = (share: number | null | undefined): number | null =>
  share === null || share === undefined ? null : share * 100;

/** A value by its own target, 0 to 100; more than the target is no more than 100. @beta */
export const againstTarget = (value: number | null, target: number): number | null =>
  value === null || target <= 0 ? null : Math.min(100, Math.max(0, (100 * value) / target));

/** What the dimensions are made of: shares from 0 to 1, null or left out where unknown. @beta */
export interface AlignmentParts {
  /** KPIs that both owners approved, of all; KPIs on both teams' lists, of all. */
  goals?: { approved?: number | null; overlap?: number | null };
  /** Core terms agreed and not stale. */
  language?: { definitionAgreement?: number | null };
  /** Acceptance against its target (0 to 100, see {@link againstTarget}); the rest as shares. */
  handoff?: {
    acceptance?: number | null;
    marketingSla?: number | null;
    salesSla?: number | null;
    firstPass?: number | null;
    reasonCompleteness?: number | null;
  };
  data?: { completeness?: number | null; stageIntegrity?: number | null };
  /** Each against its own target, 0 to 100, see {@link againstTarget}. */
  outcomes?: { winRate?: number | null; velocity?: number | null; leadToCustomer?: number | null };
  /** The score of `perceptionGap`, 0 to 100. */
  perception?: number | null;
}

/**
 * The dimensions of the alignment index from what they are made of, each the mean of its known parts. The two
 * directions of the promise are one part, their mean: neither side's hides behind the other's.
 * @beta
 */
export function alignmentDimensions(parts: AlignmentParts): Record<AlignmentDimension, [number | null, number]> {
  const { goals = {}, language = {}, handoff = {}, data = {}, outcomes = {}, perception = null } = parts;
  const sla = mean([percent(handoff.marketingSla), percent(handoff.salesSla)]);
  const scores: Record<AlignmentDimension, number | null> = {
    goals: mean([percent(goals.approved), percent(goals.overlap)]),
    language: percent(language.definitionAgreement),
    handoff: mean([handoff.acceptance, sla, percent(handoff.firstPass), percent(handoff.reasonCompleteness)]),
    data: mean([percent(data.completeness), percent(data.stageIntegrity)]),
    outcomes: mean([outcomes.winRate, outcomes.velocity, outcomes.leadToCustomer]),
    perception,
  };
  const weighed = (key: AlignmentDimension): [number | null, number] => [scores[key], ALIGNMENT_WEIGHTS[key]];
  return {
    goals: weighed('goals'),
    language: weighed('language'),
    handoff: weighed('handoff'),
    data: weighed('data'),
    outcomes: weighed('outcomes'),
    perception: weighed('perception'),
  };
}

/**
 * What each dimension did to the change of the index, in points, the largest first; they add up to the change. A
 * dimension that became known, or no longer is, counts by how far it lies from the index.
 *
 * @returns null when no dimension is known before or after.
 * @beta
 */
export function alignmentChange(
  before: Dimensions,
  after: Dimensions,
): { change: number; contributions: { dimension: string; points: number }[] } | null {
  const parts = (dimensions: Dimensions): Parameters<typeof mixAndRate>[0] =>
    Object.entries(dimensions).flatMap(([segment, [score, weight]]) =>
      score === null ? [] : [{ segment, numerator: score * weight, denominator: weight }],
    );
  const split = mixAndRate(parts(before), parts(after));
  if (split === null) return null;
  return {
    change: split.change,
    contributions: split.segments
      .map(({ segment, mix, rate }) => ({ dimension: segment, points: mix + rate }))
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
  };
}

/** The names of the levels of the index and of the survey's score; each from its lower bound on. @beta */
export const ALIGNMENT_BANDS = [
  { from: 80, band: 'integrated' },
  { from: 60, band: 'aligned' },
  { from: 40, band: 'defined' },
  { from: 0, band: 'undefined' },
] as const;

/** The level of a score from 0 to 100. @beta */
export const alignmentBand = (score: number): (typeof ALIGNMENT_BANDS)[number]['band'] =>
  ALIGNMENT_BANDS.find(({ from }) => score >= from)?.band ?? 'undefined';
