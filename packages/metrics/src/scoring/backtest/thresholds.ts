import type { Rate } from '../../contracts/index.ts';
import { InputError } from '../../errors.ts';
import { rate } from '../../funnel/stages.ts';
import type { PastLead } from './contracts.ts';
import { nothing, ranked, winsOf, type Value } from './past-leads.ts';

/** What would have happened had the leads from a score on been handed off. @beta */
export interface ThresholdPoint {
  threshold: number;
  /** Leads from the threshold on, which is included. */
  volume: number;
  /** Won and not won among them; won and not won below. */
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  /** Won of those handed off, with its Wilson interval. */
  precision: Rate;
  /** Handed off of those won, with its Wilson interval. */
  recall: Rate;
  /** The harmonic mean of precision and recall, 2tp / (2tp + fp + fn). */
  f1: Value;
  /** Precision over the share won of all. */
  lift: Value;
}

/**
 * The threshold curve: volume, precision, recall, F1 and lift at each threshold, highest first. As the
 * threshold falls, volume and recall never do.
 *
 * @param thresholds default: every score that occurs.
 * @throws InputError for a threshold that is no number, and for leads as `auc` does.
 * @beta
 */
export function thresholdCurve(leads: readonly PastLead[], thresholds?: readonly number[]): ThresholdPoint[] {
  const sorted = ranked(leads);
  (thresholds ?? []).forEach((threshold, i) => checkThreshold(threshold, `thresholds.${i}`));
  const asked = [...new Set(thresholds ?? sorted.map(({ score }) => score))].toSorted((a, b) => b - a);
  const won = winsOf(sorted);
  let volume = 0;
  let tp = 0;
  return asked.map((threshold) => {
    for (let next = sorted[volume]; next !== undefined && next.score >= threshold; next = sorted[volume]) {
      if (next.won) tp += 1;
      volume += 1;
    }
    return pointOf(threshold, { volume, tp, won, all: sorted.length });
  });
}

/**
 * One point of the threshold curve.
 *
 * @throws InputError as `thresholdCurve` does.
 * @beta
 */
export function atThreshold(leads: readonly PastLead[], threshold: number): ThresholdPoint {
  checkThreshold(threshold, 'threshold');
  const above = ranked(leads).filter(({ score }) => score >= threshold);
  return pointOf(threshold, { volume: above.length, tp: winsOf(above), won: winsOf(leads), all: leads.length });
}

function checkThreshold(threshold: number, field: string): void {
  if (!Number.isFinite(threshold)) {
    throw new InputError(field, `${threshold} is no threshold`, 'give a finite number, such as 60');
  }
}

function pointOf(
  threshold: number,
  { volume, tp, won, all }: { volume: number; tp: number; won: number; all: number },
): ThresholdPoint {
  const fp = volume - tp;
  const fn = won - tp;
  const precision = rate(tp, volume);
  const recall = rate(tp, won);
  const defined = precision.value !== null && recall.value !== null;
  return {
    threshold,
    volume,
    tp,
    fp,
    fn,
    tn: all - volume - fn,
    precision,
    recall,
    f1: defined ? { value: (2 * tp) / (2 * tp + fp + fn) } : nothing('zero-denominator'),
    lift: defined ? { value: precision.value / (won / all) } : nothing('zero-denominator'),
  };
}
