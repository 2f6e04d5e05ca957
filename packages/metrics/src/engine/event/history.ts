import { grainOf, zone } from '../../time/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { ActorEvents } from './actors.ts';
import type { Matches } from './matching.ts';

/**
 * The events of one actor that matter, in order, with what a try asks of them. Reused from actor to
 * actor. Places are local: 0 to `length − 1`.
 */
export class History {
  length = 0;
  /** Places a try may begin at. */
  starts = 0;
  /** Events after `asOf`, which are left out, and the latest of the others. */
  future = 0;
  latest = Number.NEGATIVE_INFINITY;
  readonly at: Float64Array;
  /** What windows compare: `at`, cut to the plan's grain. */
  readonly clock: Float64Array;
  readonly steps: Int32Array;
  /** Where the event stands among all. */
  readonly place: Int32Array;
  readonly start: Int32Array;
  /** The first place of the same instant, and the one after its last. */
  readonly instantBegin: Int32Array;
  readonly instantEnd: Int32Array;
  /** `next[i * width + k]`: the first place from i on whose event fits step k; `length` for none. Likewise for exclusions. */
  readonly next: Int32Array;
  readonly nextExclusion: Int32Array;
  /** `nextEnd[i * width + k]`: the first place from i on whose event ends a try that has reached step k. Empty when none can. */
  readonly nextEnd: Int32Array;
  readonly watchful: boolean;
  readonly width: number;
  readonly exclusions: number;

  readonly #plan: EventFunnelPlan;
  readonly #events: ActorEvents;
  readonly #matches: Matches;
  readonly #excluded: Int32Array;
  /** Whether events that fit nothing matter, since they may end a try. */
  readonly #all: boolean;
  readonly #firstMatch: number;
  readonly #firstName: number;
  readonly #cut: ((ms: number) => number) | null;

  constructor(plan: EventFunnelPlan, events: ActorEvents, matches: Matches) {
    let longest = 0;
    for (let a = 0; a < events.size; a++)
      longest = Math.max(longest, (events.offsets[a + 1] ?? 0) - (events.offsets[a] ?? 0));
    this.#plan = plan;
    this.#events = events;
    this.#matches = matches;
    this.#all = plan.order === 'strict';
    this.#cut = plan.grain === 'instant' ? null : cutter(plan.grain, plan.timeZone);
    this.#firstMatch = bits(plan, 'match');
    this.#firstName = bits(plan, 'event');
    this.width = plan.steps.length;
    this.exclusions = plan.exclusions.length;
    this.at = new Float64Array(longest);
    this.clock = this.#cut === null ? this.at : new Float64Array(longest);
    this.steps = new Int32Array(longest);
    this.#excluded = new Int32Array(longest);
    this.place = new Int32Array(longest);
    this.start = new Int32Array(longest);
    this.instantBegin = new Int32Array(longest);
    this.instantEnd = new Int32Array(longest + 1);
    this.next = new Int32Array((longest + 1) * this.width);
    this.nextExclusion = new Int32Array((longest + 1) * this.exclusions);
    this.watchful =
      plan.order !== 'any' && (plan.order === 'strict' || plan.repeats === 'end' || plan.returns === 'end');
    this.nextEnd = new Int32Array(this.watchful ? this.next.length : 0);
  }

  /** An instant as windows see it. */
  clockOf(ms: number): number {
    return this.#cut === null ? ms : this.#cut(ms);
  }

  /** Takes the events of one actor. @returns whether any of them exists for this funnel. */
  load(begin: number, end: number): boolean {
    const { at, steps, place, start } = this;
    const { dayStart } = this.#events;
    const { visible, named, exclusions, steps: matched } = this.#matches;
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, asOf } = this.#plan;
    const firsts = this.#firstMatch | this.#firstName;
    const anyStep = this.#plan.order === 'any' ? -1 : 1;
    let [length, starts, seen, seenName] = [0, 0, 0, 0];
    let future = 0;
    let latest = Number.NEGATIVE_INFINITY;
    let days = false;
    for (let i = begin; i < end; i++) {
      if (visible !== null && visible[i] !== 1) continue;
      let ms = this.#events.at[i] ?? 0;
      if (ms > asOf) {
        // A day is future only when all of it is.
        if (dayStart === null || !((dayStart[i] ?? 0) <= asOf)) {
          future++;
          continue;
        }
        ms = asOf;
      }
      latest = ms;
      let m = matched[i] ?? 0;
      if (firsts !== 0) {
        const all = m;
        m &= ~(seen & this.#firstMatch) & ~(seenName & this.#firstName);
        seen |= all;
        if (named !== null) seenName |= named[i] ?? 0;
      }
      const x = exclusions === null ? 0 : (exclusions[i] ?? 0);
      if (m === 0 && x === 0 && !this.#all) continue;
      if (dayStart !== null) days ||= !Number.isNaN(dayStart[i]);
      // What lies before the first entry is no part of a try.
      else if (starts === 0 && length > 0 && at[length - 1] !== ms) length = 0;
      at[length] = ms;
      steps[length] = m;
      this.#excluded[length] = x;
      place[length] = i;
      const begins = (m & anyStep) !== 0 && ms >= from && ms < to;
      start[length] = begins ? 1 : 0;
      if (begins) starts++;
      length++;
    }
    this.length = length;
    this.starts = starts;
    this.future = future;
    this.latest = latest;
    if (starts > 0) {
      if (days && dayStart !== null) this.#placeDays(dayStart);
      if (this.#cut !== null) for (let i = 0; i < length; i++) this.clock[i] = this.#cut(at[i] ?? 0);
      this.#link();
    }
    return latest > Number.NEGATIVE_INFINITY;
  }

  /** Within its day, an event without a time comes just before the first timed one that fits a later step. */
  #placeDays(dayStart: Float64Array): void {
    const { at, steps, place, length, width } = this;
    const startOf = (i: number): number => dayStart[place[i] ?? 0] ?? Number.NaN;
    // For each day with such an event, the earliest timed event of each step.
    const earliest = new Map<number, Float64Array>();
    for (let i = 0; i < length; i++)
      if (!Number.isNaN(startOf(i))) earliest.set(startOf(i), new Float64Array(width).fill(Number.POSITIVE_INFINITY));
    const days = [...earliest.keys()].sort((a, b) => a - b);
    for (let i = 0, day = -1; i < length; i++) {
      const ms = at[i] ?? 0;
      while (day + 1 < days.length && (days[day + 1] ?? 0) <= ms) day++;
      const times = earliest.get(days[day] ?? Number.NaN);
      if (times === undefined || !Number.isNaN(startOf(i))) continue;
      for (let k = 0; k < width; k++) if ((((steps[i] ?? 0) >> k) & 1) === 1) times[k] = Math.min(times[k] ?? ms, ms);
    }
    for (let i = 0; i < length; i++) {
      const times = earliest.get(startOf(i));
      const m = steps[i] ?? 0;
      if (times === undefined || m === 0) continue;
      for (let k = 32 - Math.clz32(m & -m); k < width; k++)
        at[i] = Math.min(at[i] ?? 0, Math.max(times[k] ?? 0, startOf(i)));
    }
    this.#reorder(0, length, (i) => at[i] ?? 0);
  }

  /** Keeps of each event only the steps for which this holds, so that a try is one value's. */
  narrow(original: Int32Array, holds: (place: number) => boolean): void {
    for (let i = 0; i < this.length; i++) this.steps[i] = holds(this.place[i] ?? 0) ? (original[i] ?? 0) : 0;
    this.#linkSteps();
  }

  #link(): void {
    const { at, length, instantBegin, instantEnd } = this;
    for (let i = 0; i < length; i++) instantBegin[i] = i > 0 && at[i] === at[i - 1] ? (instantBegin[i - 1] ?? 0) : i;
    for (let i = length - 1; i >= 0; i--)
      instantEnd[i] = i + 1 < length && at[i] === at[i + 1] ? (instantEnd[i + 1] ?? 0) : i + 1;
    if (this.#matches.overlap) this.#preferSpecific();
    this.#linkSteps();
    const { exclusions, nextExclusion } = this;
    if (exclusions === 0) return;
    for (let x = 0; x < exclusions; x++) nextExclusion[length * exclusions + x] = length;
    for (let i = length - 1; i >= 0; i--) {
      const m = this.#excluded[i] ?? 0;
      for (let x = 0; x < exclusions; x++)
        nextExclusion[i * exclusions + x] =
          ((m >> x) & 1) === 1 ? i : (nextExclusion[(i + 1) * exclusions + x] ?? length);
    }
  }

  #linkSteps(): void {
    const { next, width, length, steps } = this;
    next.fill(length, length * width, (length + 1) * width);
    for (let i = length - 1, base = i * width; i >= 0; i--, base -= width) {
      const m = steps[i] ?? 0;
      for (let k = 0; k < width; k++) next[base + k] = ((m >> k) & 1) === 1 ? i : (next[base + width + k] ?? length);
    }
    if (this.watchful) this.#linkEnds();
  }

  #linkEnds(): void {
    const { nextEnd, width, length, steps } = this;
    const { order, repeats, returns } = this.#plan;
    nextEnd.fill(length, length * width, (length + 1) * width);
    for (let i = length - 1, base = i * width; i >= 0; i--, base -= width) {
      const m = steps[i] ?? 0;
      for (let k = 0; k < width; k++) {
        const own = 1 << k;
        const ends =
          (m & own) !== 0 ? repeats === 'end' : (m & (own - 1)) !== 0 ? returns === 'end' : order === 'strict';
        nextEnd[base + k] = ends ? i : (nextEnd[base + width + k] ?? length);
      }
    }
  }

  /** Of the events of one instant, those that fit the fewest steps come first: a step takes them before the others. */
  #preferSpecific(): void {
    for (let i = 0; i < this.length; i = this.instantEnd[i] ?? this.length)
      this.#reorder(i, this.instantEnd[i] ?? i + 1, (k) => ones(this.steps[k] ?? 0));
  }

  /** Sorts places by a rank; equal ones stay as they are. */
  #reorder(begin: number, end: number, rankOf: (i: number) => number): void {
    let sorted = true;
    for (let i = begin + 1; i < end && sorted; i++) sorted = rankOf(i - 1) <= rankOf(i);
    if (sorted) return;
    const ranks = Array.from({ length: end - begin }, (_, i) => rankOf(begin + i));
    const order = ranks.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
    for (const values of [this.at, this.steps, this.#excluded, this.place, this.start]) {
      const kept = values.slice(begin, end);
      order.forEach((from, to) => (values[begin + to] = kept[from] ?? 0));
    }
  }
}

const bits = (plan: EventFunnelPlan, kind: 'match' | 'event'): number =>
  plan.steps.reduce((sum, step, k) => (step.firstTime === kind ? sum | (1 << k) : sum), 0);

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const QUARTER_HOUR_MS = 900_000;

/** The beginning of the local day, week (Monday) or month of an instant. Offsets from UTC change on quarters of an hour. */
function cutter(grain: 'day' | 'week' | 'month', timeZone: string): (ms: number) => number {
  const { dayOf, startOf } = zone(timeZone);
  const known = new Map<number, number>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_HOUR_MS);
    let start = known.get(quarter);
    if (start === undefined) {
      start = startOf(grainOf(dayOf(ms), grain).from);
      known.set(quarter, start);
    }
    return start;
  };
}
