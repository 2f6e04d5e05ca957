import type { History } from './history.ts';
import type { Outcome } from './tries.ts';

/** The try that counts for an actor, of those looked at so far, and whether any of them is still open. */
export class BestTry {
  readonly filled: Int32Array;
  /** Whether there is one. */
  found = false;
  complete = false;
  /** Whether this try, or another of the actor, can still get further. */
  open = false;
  last = 0;
  ended = 0;
  #required = 0;
  #total = 0;
  #finish = 0;
  readonly #pick: 'nearest' | 'earliest';

  constructor(steps: number, pick: 'nearest' | 'earliest') {
    this.filled = new Int32Array(steps);
    this.#pick = pick;
  }

  clear(): void {
    this.found = this.complete = this.open = false;
  }

  /** Looks at the next try; tries come in the order of their starts. */
  offer(outcome: Outcome, { at }: History): void {
    if (outcome.alive) this.open = true;
    const finish = at[outcome.filled[outcome.last] ?? 0] ?? 0;
    if (this.found) {
      const deeper = outcome.required - this.#required || outcome.total - this.#total;
      // The same finish from a later start is nearer.
      if (deeper < 0 || (deeper === 0 && (this.#pick === 'earliest' || finish > this.#finish))) return;
    }
    this.found = true;
    this.complete = outcome.complete;
    this.last = outcome.last;
    this.ended = outcome.ended;
    this.#required = outcome.required;
    this.#total = outcome.total;
    this.#finish = finish;
    this.filled.set(outcome.filled);
  }

  /** Whether no try that starts at this instant or later can take its place. */
  isFinal(start: number): boolean {
    return this.complete && this.#total === this.filled.length && (this.#pick === 'earliest' || start > this.#finish);
  }
}
