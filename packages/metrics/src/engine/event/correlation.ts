import type { Scalar } from '../../contracts/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import type { ActorEvents } from './actors.ts';
import type { BestTry } from './best.ts';
import type { History } from './history.ts';
import type { Matches } from './matching.ts';
import type { EventReaders } from './readers.ts';

/** Counts what goes with converting and with dropping. Open trials are not decided and left out. */
export class Correlation {
  #converted = 0;
  #dropped = 0;
  readonly #counts = new Map<Scalar, { converted: number; dropped: number }>();
  readonly #plan: EventFunnelPlan;
  readonly #readers: EventReaders;
  readonly #events: ActorEvents;
  readonly #matches: Matches;
  /** The trial that last counted each name. */
  readonly #counted: Int32Array;

  constructor(plan: EventFunnelPlan, events: ActorEvents, matches: Matches, readers: EventReaders) {
    this.#plan = plan;
    this.#events = events;
    this.#matches = matches;
    this.#readers = readers;
    this.#counted = new Int32Array(readers.names.length);
  }

  add(actor: number, history: History, best: BestTry): void {
    if (best.open && !best.complete) return;
    if (best.complete) this.#converted++;
    else this.#dropped++;
    if (this.#plan.correlate?.of === 'actor') this.#count(this.#readers.correlated(actor), best.complete);
    else this.#addNames(actor, history, best);
  }

  /** The names of events from the first step to the last, or to the end of the try, other than those of the funnel. */
  #addNames(actor: number, { at, place, length }: History, best: BestTry): void {
    const trial = this.#converted + this.#dropped;
    const begin = at[best.filled[0] ?? 0] ?? 0;
    const end = best.complete
      ? (at[best.filled[best.last] ?? 0] ?? 0)
      : best.ended < length
        ? (at[best.ended - 1] ?? 0)
        : Math.min(this.#plan.asOf, begin + (this.#plan.windowMs ?? Number.POSITIVE_INFINITY));
    const last = this.#events.offsets[actor + 1] ?? 0;
    for (let i = place[best.filled[0] ?? 0] ?? 0; i < last; i++) {
      const ms = this.#events.at[i] ?? 0;
      if (ms > end) break;
      if (this.#matches.steps[i] !== 0 || (this.#matches.visible !== null && this.#matches.visible[i] !== 1)) continue;
      const name = this.#events.name[i] ?? 0;
      if (this.#counted[name] === trial) continue;
      this.#counted[name] = trial;
      this.#count(this.#readers.names[name] ?? '', best.complete);
    }
  }

  #count(key: Scalar, converted: boolean): void {
    const counts = this.#counts.get(key) ?? { converted: 0, dropped: 0 };
    counts[converted ? 'converted' : 'dropped']++;
    this.#counts.set(key, counts);
  }

  result(): NonNullable<EventFunnelStatistics['correlation']> {
    return {
      converted: this.#converted,
      dropped: this.#dropped,
      rows: Array.from(this.#counts, ([key, counts]) => ({ key, ...counts })),
    };
  }
}
