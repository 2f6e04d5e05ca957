import type { Scalar } from '../../contracts/index.ts';
import type { PlanBreakdown } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import type { History } from './history.ts';
import type { EventReaders } from './readers.ts';
import { StepTally } from './tally.ts';

/** Reads the value a trial counts under, and keeps a tally for each. */
export class Groups {
  readonly breakdown: PlanBreakdown;
  readonly #tallies = new Map<Scalar, StepTally>();
  readonly #steps: number;
  readonly #readers: EventReaders;

  constructor(steps: number, breakdown: PlanBreakdown, readers: EventReaders) {
    this.breakdown = breakdown;
    this.#steps = steps;
    this.#readers = readers;
  }

  tally(key: Scalar): StepTally {
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = new StepTally(this.#steps);
      this.#tallies.set(key, tally);
    }
    return tally;
  }

  /** The value of the event at a place among all. */
  valueAt(place: number): Scalar {
    return this.#readers.ofEvent(place);
  }

  /** The value of a trial by its events: of a certain step, or the first or last that has one. */
  keyOf(actor: number, { place }: History, filled: Int32Array): Scalar {
    const { breakdown } = this;
    if (breakdown.of === 'actor') return this.#readers.ofActor(actor);
    const { attribution } = breakdown;
    const valueOf = (step: number): Scalar => {
      const local = filled[step] ?? -1;
      return local < 0 ? null : this.valueAt(place[local] ?? 0);
    };
    if (typeof attribution === 'object') return valueOf(attribution.step);
    for (let i = 0; i < filled.length; i++) {
      const value = valueOf(attribution === 'last' ? filled.length - 1 - i : i);
      if (value !== null) return value;
    }
    return null;
  }

  result(): NonNullable<EventFunnelStatistics['groups']> {
    return Array.from(this.#tallies, ([key, tally]) => ({ key, steps: tally.result() }));
  }
}
