import type { Scalar } from '../../contracts/index.ts';
import type { FieldReader } from '../../criteria/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { Dataset } from '../dataset.ts';
import type { Activities } from './activities.ts';
import type { ActorEvents } from './actors.ts';

/** What a question asks of events and actors beyond their times and steps. Places are those of `ActorEvents`. */
export interface EventReaders {
  /** The value by which a breakdown groups the event at a place. */
  ofEvent: (place: number) => Scalar;
  /** The value by which a breakdown groups an actor. */
  ofActor: (actor: number) => Scalar;
  /** The value of an actor that a correlation counts. */
  correlated: (actor: number) => Scalar;
  /** The names of events by their codes. */
  names: readonly string[];
}

/** Reads events and records in memory. */
export function readersOf(
  { breakdown, correlate, actor }: EventFunnelPlan,
  activities: Activities,
  entities: Dataset['entities'],
  { row }: ActorEvents,
): EventReaders {
  const of = (read: FieldReader | undefined, field: string | undefined): ((i: number) => Scalar) => {
    if (read === undefined || field === undefined) return () => null;
    const reader = read(field);
    return (i) => reader(i) ?? null;
  };
  const records = typeof actor === 'string' ? entities[actor].read : undefined;
  const eventValue = of(activities.read, breakdown?.of === 'event' ? breakdown.field : undefined);
  return {
    ofEvent: (place) => eventValue(row[place] ?? 0),
    ofActor: of(records, breakdown?.of === 'actor' ? breakdown.field : undefined),
    correlated: of(records, correlate?.of === 'actor' ? correlate.field : undefined),
    names: activities.names.values,
  };
}
