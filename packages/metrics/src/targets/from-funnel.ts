import type { FunnelAnswer } from '../contracts/index.ts';
import { InputError } from '../errors.ts';
import { HOUR_MS } from '../time/duration.ts';
import type { PlannedStage } from './contracts.ts';

/**
 * The stages of a plan from a funnel's own past: step rates of a cohort, and as lag the median time in
 * each stage. Rates that could not be computed stay null with their reason.
 *
 * @throws InputError for an answer that is no cohort and for one without times.
 * @beta
 */
export function stagesOfFunnel({ view, stages }: FunnelAnswer): PlannedStage[] {
  if (view !== 'cohort') {
    throw new InputError('answer.view', `${view} has no rates`, 'ask the funnel in the cohort view');
  }
  return stages.map(({ key, label, time }, i): PlannedStage => {
    const next = stages[i + 1];
    if (next === undefined) return { key, label };
    const field = `answer.stages.${i}.time`;
    if (time === undefined) throw new InputError(field, 'is missing', 'ask the funnel with details: ["time"]');
    if (time.median.value === null) {
      throw new InputError(`${field}.median`, time.median.reason, 'ask for a longer period, or give lag yourself');
    }
    const lag = { hours: time.median.value / HOUR_MS };
    return next.stepRate === undefined ? { key, label, lag } : { key, label, rate: next.stepRate, lag };
  });
}
