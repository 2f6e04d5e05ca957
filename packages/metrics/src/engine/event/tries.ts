import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { History } from './history.ts';

/** What a try came to. */
export interface Outcome {
  /** The place of the event that filled each step; −1 for a step not reached. In any order, the k-th filled. */
  readonly filled: Int32Array;
  /** Steps reached that are not optional, and all steps reached. */
  required: number;
  total: number;
  /** The last step reached. */
  last: number;
  complete: boolean;
  /** Whether it can still get further after `asOf`. */
  alive: boolean;
  /** The place after the events that ended it; the history's length when none did. */
  ended: number;
}

/** Follows single tries through a history, for steps in order. `docs/event-funnel.md`, section 3. */
export class OrderedTries implements Outcome {
  readonly filled: Int32Array;
  required = 0;
  total = 0;
  last = 0;
  complete = false;
  alive = false;
  ended = 0;

  readonly #plan: EventFunnelPlan;
  readonly #history: History;
  readonly #overlap: boolean;
  /** Whether events on the way may end the try, or begin it again. */
  readonly #watchful: boolean;
  readonly #optional: readonly boolean[];
  /** The last millisecond that still belongs to the window and to each step. */
  readonly #limit: number;
  readonly #limits: Float64Array;
  readonly #now: number;
  /** The last required step reached: what `within` counts from. */
  #anchor = 0;
  #interrupted = false;

  constructor(plan: EventFunnelPlan, history: History, overlap: boolean) {
    const last = (ms: number | undefined): number =>
      ms === undefined ? Number.POSITIVE_INFINITY : plan.windowEnd === 'inclusive' ? ms : ms - 1;
    this.#plan = plan;
    this.#history = history;
    this.#overlap = overlap;
    this.#watchful = history.watchful || plan.tries === 'first';
    this.#optional = plan.steps.map((s) => s.optional);
    this.#limit = last(plan.windowMs);
    this.#limits = Float64Array.from(plan.steps, (s) => last(s.withinMs));
    this.#now = history.clockOf(plan.asOf + 1);
    this.filled = new Int32Array(plan.steps.length);
  }

  /** Follows the try that begins here. @returns false when an exclusion voids it. */
  follow(start: number): boolean {
    const { filled } = this;
    const steps = filled.length;
    filled.fill(-1);
    filled[0] = start;
    this.last = 0;
    this.required = this.total = 1;
    this.#anchor = start;
    this.#interrupted = false;
    this.ended = this.#history.length;
    let current = start;
    while (this.last < steps - 1) {
      const step = this.#advance(current);
      if (step < 0) break;
      current = filled[step] ?? 0;
      this.last = step;
      if (step === 0) continue;
      this.total++;
      if (this.#optional[step] === true) continue;
      this.required++;
      this.#anchor = current;
    }
    this.complete = this.last === steps - 1;
    this.alive = !this.complete && !this.#interrupted && this.#inTime(this.#now, this.#nextRequired());
    return this.#plan.exclusions.length === 0 || !this.#isExcluded();
  }

  #nextRequired(): number {
    let step = this.last + 1;
    while (this.#optional[step] === true) step++;
    return step;
  }

  #inTime(clock: number, step: number): boolean {
    const since = this.#history.clock;
    return (
      clock - (since[this.filled[0] ?? 0] ?? 0) <= this.#limit &&
      clock - (since[this.#anchor] ?? 0) <= (this.#limits[step] ?? 0)
    );
  }

  /** Goes to the earliest event that fills a step, unless another ends the try before. @returns the step, −1 for none. */
  #advance(current: number): number {
    const { next, width, length, at, clock, instantBegin, instantEnd } = this.#history;
    const after = instantEnd[current] ?? length;
    const from = this.#plan.sameInstant === 'any-order' ? (instantBegin[current] ?? length) : after;
    let found = -1;
    let place = length;
    for (let step = this.last + 1; step < width; step++) {
      let p = next[from * width + step] ?? length;
      if (this.#overlap) while (p < length && this.#isUsed(p)) p = next[(p + 1) * width + step] ?? length;
      // Of one instant, the earlier step is taken first.
      const sooner = p < length && (found < 0 || (at[p] ?? 0) < (at[place] ?? 0));
      if (sooner && this.#inTime(clock[p] ?? 0, step)) {
        found = step;
        place = p;
      }
      if (this.#optional[step] !== true) break;
    }
    if (this.#watchful && place >= after) {
      const end = this.#history.nextEnd[after * width + this.last] ?? length;
      const again = this.#plan.tries === 'first' && this.last === 0 ? this.#nextStart(after) : length;
      const first = Math.min(end, again);
      // What fills a step goes before what is at the same instant.
      if (first < length && (place >= length || (at[first] ?? 0) < (at[place] ?? 0))) {
        // A single run that has not got past the first step begins again with it.
        if (again < length && (at[again] ?? 0) === (at[first] ?? 0)) {
          this.filled[0] = again;
          this.#anchor = again;
          return 0;
        }
        this.#interrupted = true;
        this.ended = instantEnd[end] ?? length;
        return -1;
      }
    }
    if (found >= 0) this.filled[found] = place;
    return found;
  }

  #nextStart(from: number): number {
    const { start, length } = this.#history;
    let p = from;
    while (p < length && start[p] !== 1) p++;
    return p;
  }

  #isUsed(place: number): boolean {
    const { at } = this.#history;
    for (let step = this.last; step >= 0; step--) {
      const p = this.filled[step] ?? -1;
      if (p === place) return true;
      if (p >= 0 && (at[p] ?? 0) < (at[place] ?? 0)) return false;
    }
    return false;
  }

  /** Whether an excluded event occurred between its steps, or after the first of them while the try could go on. */
  #isExcluded(): boolean {
    const { at, clock, length, instantEnd, nextExclusion, exclusions } = this.#history;
    return this.#plan.exclusions.some(({ from, to }, x) => {
      const begin = this.filled[from] ?? -1;
      if (begin < 0) return false;
      const p = nextExclusion[(instantEnd[begin] ?? length) * exclusions + x] ?? length;
      if (p >= length) return false;
      const end = this.filled.findIndex((filled, step) => step >= to && filled >= 0);
      if (end >= 0) return (at[p] ?? 0) < (at[this.filled[end] ?? 0] ?? 0);
      return p < this.ended && this.#inTime(clock[p] ?? 0, this.#nextRequired());
    });
  }
}
