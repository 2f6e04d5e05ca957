import type { DurationCount, StepStatistics } from '../../funnel/event/statistics.ts';
import { Growing } from '../columns.ts';

/** Counts trials by the steps they reached. */
export class StepTally {
  readonly #reached: Float64Array;
  readonly #open: Float64Array;
  readonly #dropped: Float64Array;

  constructor(steps: number) {
    this.#reached = new Float64Array(steps);
    this.#open = new Float64Array(steps);
    this.#dropped = new Float64Array(steps);
  }

  /** @param filled −1 for a step that was not reached. */
  add(filled: Int32Array, last: number, complete: boolean, open: boolean): void {
    for (let step = 0; step < filled.length; step++)
      if ((filled[step] ?? -1) >= 0) this.#reached[step] = (this.#reached[step] ?? 0) + 1;
    if (complete) return;
    const rest = open ? this.#open : this.#dropped;
    rest[last] = (rest[last] ?? 0) + 1;
  }

  /** An entry and the conversions it got. */
  addConversions(conversions: number, open: boolean): void {
    this.#reached[0] = (this.#reached[0] ?? 0) + 1;
    this.#reached[1] = (this.#reached[1] ?? 0) + conversions;
    if (conversions > 0) return;
    const rest = open ? this.#open : this.#dropped;
    rest[0] = (rest[0] ?? 0) + 1;
  }

  result(): StepStatistics[] {
    return Array.from(this.#reached, (reached, step) => ({
      reached,
      open: this.#open[step] ?? 0,
      dropped: this.#dropped[step] ?? 0,
    }));
  }
}

/** Collects durations as they come and counts equal ones at the end. */
export class Durations {
  readonly #all = new Growing((n) => new Float64Array(n));

  push(ms: number): void {
    this.#all.push(ms);
  }

  /** Ascending. */
  result(): DurationCount[] {
    const sorted = this.#all.view().slice(0, this.#all.length).sort();
    const counts: DurationCount[] = [];
    for (let i = 0; i < sorted.length;) {
      const ms = sorted[i] ?? 0;
      const begin = i;
      while (i < sorted.length && sorted[i] === ms) i++;
      counts.push([ms, i - begin]);
    }
    return counts;
  }
}
