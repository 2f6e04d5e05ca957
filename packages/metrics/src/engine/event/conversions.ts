import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { History } from './history.ts';

const ENTRY = 1;
const CONVERSION = 2;

/**
 * Gives each event of the second step to the nearest entry before it. `docs/event-funnel.md`,
 * section 5.
 */
export class Conversions {
  /** How many each place got, and where its first one stands. */
  readonly count: Int32Array;
  readonly first: Int32Array;
  readonly #history: History;
  readonly #limit: number;
  readonly #now: number;
  readonly #sameInstant: boolean;

  constructor(plan: EventFunnelPlan, history: History) {
    const within = Math.min(
      plan.windowMs ?? Number.POSITIVE_INFINITY,
      plan.steps[1]?.withinMs ?? Number.POSITIVE_INFINITY,
    );
    this.#history = history;
    this.#limit = plan.windowEnd === 'inclusive' ? within : within - 1;
    this.#now = history.clockOf(plan.asOf + 1);
    this.#sameInstant = plan.sameInstant === 'any-order';
    this.count = new Int32Array(history.at.length);
    this.first = new Int32Array(history.at.length);
  }

  /** Whether the entry at this place can still get one after `asOf`. */
  isOpen(entry: number): boolean {
    return this.#now - (this.#history.clock[entry] ?? 0) <= this.#limit;
  }

  assign(): void {
    const { length, steps, start, clock, instantBegin, instantEnd } = this.#history;
    this.count.fill(0, 0, length);
    let latest = -1;
    for (let begin = 0, end = 0; begin < length; begin = end) {
      end = instantEnd[begin] ?? length;
      const before = latest;
      for (let p = begin; p < end; p++) if (start[p] === ENTRY) latest = p;
      for (let p = begin; p < end; p++) {
        if (((steps[p] ?? 0) & CONVERSION) === 0) continue;
        let entry = this.#sameInstant ? latest : before;
        // An event is not its own entry.
        if (entry === p) {
          entry = before;
          for (let q = instantBegin[p] ?? p; q < end; q++) if (q !== p && start[q] === ENTRY) entry = q;
        }
        if (entry < 0 || (clock[p] ?? 0) - (clock[entry] ?? 0) > this.#limit) continue;
        if (this.count[entry] === 0) this.first[entry] = p;
        this.count[entry] = (this.count[entry] ?? 0) + 1;
      }
    }
  }
}
