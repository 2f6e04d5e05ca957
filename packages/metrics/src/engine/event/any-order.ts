import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { History } from './history.ts';
import type { Outcome } from './tries.ts';

/**
 * Follows single tries through a history, for steps in any order: how many of them the events from
 * the start on can fill, each event one. `docs/event-funnel.md`, section 4.
 */
export class UnorderedTries implements Outcome {
  readonly filled: Int32Array;
  required = 0;
  total = 0;
  last = 0;
  complete = false;
  alive = false;
  ended = 0;

  readonly #history: History;
  readonly #overlap: boolean;
  readonly #limit: number;
  readonly #now: number;
  /** The place that fills each step. */
  readonly #of: Int32Array;
  /** Steps the event at hand was tried for, as bits. */
  #tried = 0;

  constructor(plan: EventFunnelPlan, history: History, overlap: boolean) {
    const { windowMs = Number.POSITIVE_INFINITY } = plan;
    this.#history = history;
    this.#overlap = overlap;
    this.#limit = plan.windowEnd === 'inclusive' ? windowMs : windowMs - 1;
    this.#now = history.clockOf(plan.asOf + 1);
    this.filled = new Int32Array(plan.steps.length);
    this.#of = new Int32Array(plan.steps.length);
  }

  /** Follows the try that begins here. An excluded event ends it where it stands, so none is void. */
  follow(start: number): boolean {
    const { clock, length, instantEnd, nextExclusion, exclusions } = this.#history;
    const { filled } = this;
    filled.fill(-1);
    this.#of.fill(-1);
    let end = length;
    for (let x = 0; x < exclusions; x++)
      end = Math.min(end, nextExclusion[(instantEnd[start] ?? length) * exclusions + x] ?? length);
    // Events of the excluded one's own instant may still count.
    const stop = end < length ? (instantEnd[end] ?? length) : length;
    const since = clock[start] ?? 0;
    let count = 0;
    for (let p = start; p < stop && count < filled.length && (clock[p] ?? 0) - since <= this.#limit;) {
      this.#tried = 0;
      this.#assign(p);
      filled[count++] = p;
      p = this.#nextUseful(p + 1);
    }
    this.required = this.total = count;
    this.last = count - 1;
    this.complete = count === filled.length;
    this.ended = this.complete ? length : stop;
    this.alive = !this.complete && end === length && this.#now - since <= this.#limit;
    return true;
  }

  /** The next event that fills one step more: it fits a free one, or one whose event can move to make a free one. */
  #nextUseful(from: number): number {
    const { next, width, length, steps } = this.#history;
    let useful = 0;
    for (let step = 0; step < width; step++) if (this.#of[step] === -1) useful |= 1 << step;
    for (let before = 0; this.#overlap && before !== useful;) {
      before = useful;
      for (let step = 0; step < width; step++)
        if (((steps[this.#of[step] ?? -1] ?? 0) & useful) !== 0) useful |= 1 << step;
    }
    let first = length;
    for (let step = 0; step < width; step++)
      if (((useful >> step) & 1) === 1) first = Math.min(first, next[from * width + step] ?? length);
    return first;
  }

  /**
   * Gives an event a step, moving earlier events to other steps where needed: an augmenting path of
   * the bipartite matching. Source: Kuhn, Naval Research Logistics 2 (1955) 83–97.
   */
  #assign(place: number): boolean {
    const fits = this.#history.steps[place] ?? 0;
    for (let step = 0; step < this.filled.length; step++) {
      const bit = 1 << step;
      if ((fits & bit) === 0 || (this.#tried & bit) !== 0) continue;
      this.#tried |= bit;
      const holder = this.#of[step] ?? -1;
      if (holder >= 0 && !this.#assign(holder)) continue;
      this.#of[step] = place;
      return true;
    }
    return false;
  }
}
