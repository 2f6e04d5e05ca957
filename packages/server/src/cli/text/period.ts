import type { PeriodAnswer } from '@sama/metrics/contracts';
import { plain } from './table.ts';

/** When: `in 2026-Q3 (2026-07-01 to before 2026-10-01)`. */
export function within(period: PeriodAnswer | undefined): string {
  return period === undefined ? 'at any time' : `in ${plain(period.text)} (${period.from} to before ${period.to})`;
}

/** Parts of a sentence, apart, the first letter large. */
export function sentenceOf(parts: readonly string[]): string {
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
