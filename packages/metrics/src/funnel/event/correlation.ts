import type { CorrelationRow, EventFunnelAnswer } from '../../contracts/index.ts';
import type { EventFunnelPlan } from './plan.ts';
import type { EventFunnelStatistics } from './statistics.ts';
import { compareKeys } from './breakdown.ts';

/**
 * How much better the odds of converting are with something than without it, smoothed by one:
 * ((s + 1) / (f + 1)) · ((F − f + 1) / (S − s + 1)). Above 1 it goes with success, below 1 with
 * failure. Source: Haldane, Annals of Human Genetics 20 (1956) 309–311, with 1 for his ½.
 *
 * @param s converted with it, of `S` that converted
 * @param f dropped with it, of `F` that dropped
 * @beta
 */
export function smoothedOdds(s: number, S: number, f: number, F: number): number {
  return ((s + 1) * (F - f + 1)) / ((f + 1) * (S - s + 1));
}

const MOST_ROWS = 50;

export function answerCorrelation(
  plan: EventFunnelPlan,
  correlation: EventFunnelStatistics['correlation'],
): EventFunnelAnswer['correlation'] {
  if (correlation === undefined || plan.correlate === undefined) return undefined;
  const { converted, dropped } = correlation;
  const rows = correlation.rows.map((row): CorrelationRow => {
    const odds = smoothedOdds(row.converted, converted, row.dropped, dropped);
    return { ...row, odds, direction: odds > 1 ? 'success' : odds < 1 ? 'failure' : 'none' };
  });
  const strength = ({ odds }: CorrelationRow): number => Math.abs(Math.log(odds));
  return {
    of: plan.correlate.of,
    ...(plan.correlate.of === 'actor' ? { field: plan.correlate.field } : {}),
    converted,
    dropped,
    rows: rows.sort((a, b) => strength(b) - strength(a) || compareKeys(a.key, b.key)).slice(0, MOST_ROWS),
  };
}
