import type { KpiQuestion } from '@sama/metrics/contracts';
import { compareOf } from '../internal/compare.ts';

/** The attributes that make a question. */
export interface Asking {
  period: string | null | undefined;
  segment: string | null | undefined;
  compare: string | null | undefined;
  currency: string | null | undefined;
  timeZone: string | null | undefined;
}

/** The question an element's attributes ask, of these KPIs; of none it is the source's own scorecard. */
export function questionOf(
  { period, segment, compare, currency, timeZone }: Asking,
  kpis: readonly string[],
): KpiQuestion {
  return {
    kind: 'kpi',
    ...(kpis.length === 0 ? {} : { kpis: [...kpis] }),
    trend: 'auto',
    ...(period ? { period } : {}),
    ...(segment ? { segment } : {}),
    ...(compare ? { compare: compareOf(compare) } : {}),
    ...(currency ? { currency } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}

/** The names in a list written with spaces or commas; each once. */
export const namesIn = (list: string | null | undefined): string[] => [
  ...new Set((list ?? '').split(/[\s,]+/).filter((name) => name !== '')),
];
