import type { PlanTrend } from '../../funnel/event/plan.ts';
import type { TrendStatistics } from '../../funnel/event/statistics.ts';

/** Counts trials by the period in which they began. */
export class TrendTally {
  readonly #bounds: readonly number[];
  readonly #rows: Required<TrendStatistics>[];
  readonly #conversions: boolean;

  constructor({ bounds }: PlanTrend, conversions: boolean) {
    this.#bounds = bounds;
    this.#conversions = conversions;
    this.#rows = Array.from({ length: bounds.length - 1 }, () => ({
      entered: 0,
      converted: 0,
      open: 0,
      conversions: 0,
    }));
  }

  /** The row of an instant within the trend. */
  rowOf(ms: number): number {
    let [low, high] = [0, this.#rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#bounds[middle] ?? 0) <= ms) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  add(row: number, converted: boolean, open: boolean, conversions = 0): void {
    const counts = this.#rows[row];
    if (counts === undefined) return;
    counts.entered++;
    counts.conversions += conversions;
    if (converted) counts.converted++;
    else if (open) counts.open++;
  }

  result(): TrendStatistics[] {
    return this.#rows.map(({ conversions, ...row }) => (this.#conversions ? { ...row, conversions } : row));
  }
}
