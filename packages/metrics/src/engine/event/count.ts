import { compileCriteria } from '../../criteria/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import type { Scalar } from '../../contracts/index.ts';
import type { Dataset } from '../dataset.ts';
import type { Activities } from './activities.ts';
import type { ActorEvents } from './actors.ts';
import { UnorderedTries } from './any-order.ts';
import { BestTry } from './best.ts';
import { Conversions } from './conversions.ts';
import { Correlation } from './correlation.ts';
import { Groups } from './groups.ts';
import { History } from './history.ts';
import { matchEvents, type Matches } from './matching.ts';
import { readersOf, type EventReaders } from './readers.ts';
import { Durations, StepTally } from './tally.ts';
import { TrendTally } from './trend.ts';
import { OrderedTries, type Outcome } from './tries.ts';

/** Counts an event-mode question over events that are grouped by its actors. */
export function countEventFunnel(
  activities: Activities,
  entities: Dataset['entities'],
  events: ActorEvents,
  plan: EventFunnelPlan,
): EventFunnelStatistics {
  const matches = matchEvents(activities, entities, events, plan);
  const passes =
    typeof plan.actor === 'string' && plan.where !== undefined
      ? compileCriteria(plan.where, entities[plan.actor].read, plan)
      : null;
  return countMatched(plan, events, matches, readersOf(plan, activities, entities, events), passes);
}

/** Counts events whose steps are known. @param passes which actors are asked about; null for all. */
export function countMatched(
  plan: EventFunnelPlan,
  events: ActorEvents,
  matches: Matches,
  readers: EventReaders,
  passes: ((actor: number) => boolean) | null,
): EventFunnelStatistics {
  const counter = new Counter(plan, events, matches, readers);
  for (let a = 0; a < events.size; a++) {
    const begin = events.offsets[a] ?? 0;
    const end = events.offsets[a + 1] ?? 0;
    if (end > begin && (passes === null || passes(a))) counter.add(a, begin, end);
  }
  return counter.result();
}

class Counter {
  readonly #plan: EventFunnelPlan;
  readonly #events: ActorEvents;
  readonly #history: History;
  readonly #tries: Outcome & { follow(start: number): boolean };
  readonly #conversions: Conversions | null;
  readonly #best: BestTry;
  /** The best of the tries that began in one row of the trend. */
  readonly #bestOfRow: BestTry;
  readonly #tally: StepTally;
  readonly #trend: TrendTally | null;
  readonly #groups: Groups | null;
  readonly #correlation: Correlation | null;
  readonly #durations: readonly Durations[] | null;
  readonly #between = new Durations();
  readonly #now: number;
  #actors = 0;
  #future = 0;
  #followed = 0;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(plan: EventFunnelPlan, events: ActorEvents, matches: Matches, readers: EventReaders) {
    const { steps, pick, order, unit } = plan;
    this.#plan = plan;
    this.#events = events;
    this.#history = new History(plan, events, matches);
    this.#tries =
      order === 'any'
        ? new UnorderedTries(plan, this.#history, matches.overlap)
        : new OrderedTries(plan, this.#history, matches.overlap);
    this.#conversions = unit === 'conversion' ? new Conversions(plan, this.#history) : null;
    this.#best = new BestTry(steps.length, pick);
    this.#bestOfRow = new BestTry(steps.length, pick);
    this.#tally = new StepTally(steps.length);
    this.#trend = plan.trend === undefined ? null : new TrendTally(plan.trend, unit === 'conversion');
    this.#groups = plan.breakdown === undefined ? null : new Groups(steps.length, plan.breakdown, readers);
    this.#correlation = plan.correlate === undefined ? null : new Correlation(plan, events, matches, readers);
    this.#durations = plan.time ? steps.map(() => new Durations()) : null;
    this.#now = this.#history.clockOf(plan.asOf + 1);
  }

  add(actor: number, begin: number, end: number): void {
    const exists = this.#history.load(begin, end);
    this.#future += this.#history.future;
    if (!exists) return;
    this.#actors++;
    this.#latest = Math.max(this.#latest, this.#history.latest);
    if (this.#history.starts === 0) return;
    if (this.#conversions !== null) this.#addConversions(actor, this.#conversions);
    else if (this.#plan.unit === 'entry') this.#addEntries(actor);
    else this.#addActor(actor);
    if (this.#groups?.breakdown.of === 'event' && this.#groups.breakdown.attribution === 'all')
      this.#addEachValue(this.#groups);
  }

  #addActor(actor: number): void {
    this.#findBest(this.#best, this.#trend);
    if (this.#best.found) this.#count(actor, this.#best);
  }

  /** Looks at the tries of the actor in turn. */
  #findBest(best: BestTry, trend: TrendTally | null): void {
    const { length, start, at } = this.#history;
    const ofRow = this.#bestOfRow;
    let row = -1;
    best.clear();
    for (let p = 0; p < length; p++) {
      if (start[p] !== 1 || this.#history.steps[p] === 0) continue;
      const ms = at[p] ?? 0;
      if (trend === null && best.isFinal(ms)) break;
      if (trend !== null) {
        const own = trend.rowOf(ms);
        if (own !== row) this.#endRow(trend, row);
        row = own;
      }
      if (this.#tries.follow(p)) {
        best.offer(this.#tries, this.#history);
        if (trend !== null) ofRow.offer(this.#tries, this.#history);
      }
      if (this.#plan.tries === 'first') break;
    }
    if (trend !== null) this.#endRow(trend, row);
  }

  #endRow(trend: TrendTally, row: number): void {
    const { filled, found, open } = this.#bestOfRow;
    const { from, to } = this.#plan.between;
    if (found && (filled[from] ?? -1) >= 0) trend.add(row, (filled[to] ?? -1) >= 0, open);
    this.#bestOfRow.clear();
  }

  #addEntries(actor: number): void {
    const { length, start, at } = this.#history;
    const { from, to } = this.#plan.between;
    for (let p = 0; p < length; p++) {
      if (start[p] !== 1 || !this.#tries.follow(p)) continue;
      const best = this.#best;
      best.clear();
      best.offer(this.#tries, this.#history);
      this.#count(actor, best);
      if (this.#trend !== null && (best.filled[from] ?? -1) >= 0)
        this.#trend.add(this.#trend.rowOf(at[p] ?? 0), (best.filled[to] ?? -1) >= 0, best.open);
    }
  }

  /** Counts one trial everywhere it is asked for. */
  #count(actor: number, best: BestTry): void {
    const { filled, last, complete, open } = best;
    this.#tally.add(filled, last, complete, open);
    this.#countFollowed(filled[0] ?? 0);
    if (this.#durations !== null) this.#addDurations(filled, this.#durations);
    this.#correlation?.add(actor, this.#history, best);
    const groups = this.#groups;
    if (groups === null || (groups.breakdown.of === 'event' && groups.breakdown.attribution === 'all')) return;
    groups.tally(groups.keyOf(actor, this.#history, filled)).add(filled, last, complete, open);
  }

  #countFollowed(start: number): void {
    const { windowMs } = this.#plan;
    if (windowMs !== undefined && this.#now - (this.#history.clock[start] ?? 0) > windowMs) this.#followed++;
  }

  #addDurations(filled: Int32Array, durations: readonly Durations[]): void {
    const { at } = this.#history;
    const { from, to } = this.#plan.between;
    let before = at[filled[0] ?? 0] ?? 0;
    for (let step = 1; step < filled.length; step++) {
      const place = filled[step] ?? -1;
      if (place < 0) continue;
      const ms = at[place] ?? 0;
      durations[step]?.push(ms - before);
      before = ms;
    }
    const [a, b] = [filled[from] ?? -1, filled[to] ?? -1];
    if (a >= 0 && b >= 0) this.#between.push((at[b] ?? 0) - (at[a] ?? 0));
  }

  /** With attribution `all`, each value has a funnel of its own, of the events that have it. */
  #addEachValue(groups: Groups): void {
    const history = this.#history;
    const original = history.steps.slice(0, history.length);
    const values = new Set<Scalar>();
    for (let p = 0; p < history.length; p++) if (original[p] !== 0) values.add(groups.valueAt(history.place[p] ?? 0));
    for (const value of values) {
      history.narrow(original, (place) => groups.valueAt(place) === value);
      if (this.#plan.unit === 'entry') this.#addEntriesOf(groups.tally(value));
      else {
        this.#findBest(this.#best, null);
        const { found, filled, last, complete, open } = this.#best;
        if (found) groups.tally(value).add(filled, last, complete, open);
      }
    }
  }

  #addEntriesOf(tally: StepTally): void {
    const { length, start, steps } = this.#history;
    for (let p = 0; p < length; p++) {
      if (start[p] !== 1 || ((steps[p] ?? 0) & 1) === 0 || !this.#tries.follow(p)) continue;
      const { filled, last, complete, alive } = this.#tries;
      tally.add(filled, last, complete, alive);
    }
  }

  #addConversions(actor: number, conversions: Conversions): void {
    conversions.assign();
    const { length, start, at } = this.#history;
    const { filled } = this.#best;
    for (let p = 0; p < length; p++) {
      if (start[p] !== 1) continue;
      const count = conversions.count[p] ?? 0;
      const open = conversions.isOpen(p);
      filled[0] = p;
      filled[1] = count > 0 ? (conversions.first[p] ?? -1) : -1;
      this.#tally.addConversions(count, open);
      this.#countFollowed(p);
      if (this.#durations !== null) this.#addDurations(filled, this.#durations);
      this.#groups?.tally(this.#groups.keyOf(actor, this.#history, filled)).addConversions(count, open);
      this.#trend?.add(this.#trend.rowOf(at[p] ?? 0), count > 0, open, count);
    }
  }

  result(): EventFunnelStatistics {
    return {
      actors: this.#actors,
      unlinked: this.#events.unlinked,
      future: this.#future,
      followed: this.#followed,
      steps: this.#tally.result(),
      ...(this.#durations === null
        ? {}
        : { durations: this.#durations.map((d) => d.result()), between: this.#between.result() }),
      ...(this.#trend === null ? {} : { trend: this.#trend.result() }),
      ...(this.#groups === null ? {} : { groups: this.#groups.result() }),
      ...(this.#correlation === null ? {} : { correlation: this.#correlation.result() }),
      ...(this.#latest === Number.NEGATIVE_INFINITY ? {} : { dataThrough: this.#latest }),
    };
  }
}
