import type { Scalar } from '../../contracts/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import { entityOffsets } from '../dataset.ts';
import { countMatched } from './count.ts';
import { sortByInstant } from './time-order.ts';

/**
 * The events that a database selected for a question, side by side: those of actors that can have an
 * entry, and that fit a step, an exclusion, or a name whose first event is asked for. In strict order
 * and for a correlation by events, all of those actors. None of them lies after `asOf`.
 * @beta
 */
export interface SelectedEvents {
  /** Numbers from 0, in any order. */
  actor: Int32Array;
  /** Milliseconds; the last one of its local day for an event without a time. Of one actor and instant, in their order. */
  at: Float64Array;
  /** The first instant of the day of an event without a time, NaN for others; null when all have one. */
  dayStart: Float64Array | null;
  /** Bit k stands for the k-th step, or exclusion. */
  steps: Int32Array;
  exclusions: Int32Array | null;
  /** Steps an event fits by its name alone, where one asks for the first of a name. */
  named: Int32Array | null;
  /** Where a correlation by events reads them: codes, and what they stand for. */
  name: Int32Array | null;
  names: readonly string[];
  /** Values of a breakdown by event, by actor, and of a correlation by actor; one for each row. */
  ofEvent: readonly Scalar[];
  ofActor: readonly Scalar[];
  correlated: readonly Scalar[];
}

/** What a database counts itself, over all events. @beta */
export type CountedEvents = Pick<EventFunnelStatistics, 'actors' | 'unlinked' | 'future' | 'dataThrough'>;

/** Counts an event-mode question over the events that a database selected for it. @beta */
export function countSelected(
  plan: EventFunnelPlan,
  selected: SelectedEvents,
  counted: CountedEvents,
): EventFunnelStatistics {
  const n = selected.actor.length;
  const { actor } = selected;
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, (actor[i] ?? 0) + 1);
  const offsets = entityOffsets(actor, n, size);
  const next = offsets.slice();
  const row = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const a = actor[i] ?? 0;
    const slot = next[a] ?? 0;
    row[slot] = i;
    next[a] = slot + 1;
  }
  for (let a = 0; a < size; a++) sortByInstant(row, offsets[a] ?? 0, offsets[a + 1] ?? 0, selected.at);

  const numbers = (from: Float64Array): Float64Array => {
    const to = new Float64Array(n);
    for (let i = 0; i < n; i++) to[i] = from[row[i] ?? 0] ?? 0;
    return to;
  };
  const codes = (from: Int32Array): Int32Array => {
    const to = new Int32Array(n);
    for (let i = 0; i < n; i++) to[i] = from[row[i] ?? 0] ?? 0;
    return to;
  };
  const steps = codes(selected.steps);
  let several = 0;
  for (let i = 0; i < n; i++) several |= (steps[i] ?? 0) & ((steps[i] ?? 0) - 1);
  const ofActor = (values: readonly Scalar[]) => (a: number) => values[row[offsets[a] ?? 0] ?? 0] ?? null;
  const statistics = countMatched(
    plan,
    {
      offsets,
      size,
      at: numbers(selected.at),
      dayStart: selected.dayStart === null ? null : numbers(selected.dayStart),
      name: selected.name === null ? new Int32Array(0) : codes(selected.name),
      row,
      unlinked: counted.unlinked,
    },
    {
      steps,
      exclusions: selected.exclusions === null ? null : codes(selected.exclusions),
      named: selected.named === null ? null : codes(selected.named),
      visible: null,
      overlap: several !== 0,
    },
    {
      ofEvent: (place) => selected.ofEvent[row[place] ?? 0] ?? null,
      ofActor: ofActor(selected.ofActor),
      correlated: ofActor(selected.correlated),
      names: selected.names,
    },
    null,
  );
  return { ...statistics, ...counted };
}
