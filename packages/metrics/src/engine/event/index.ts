import type { ActivityEvent, FunnelActor } from '../../contracts/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import type { Dataset } from '../dataset.ts';
import { Activities } from './activities.ts';
import { groupByActor, type ActorEvents } from './actors.ts';
import { countEventFunnel } from './count.ts';

/** Packed activity events with the groupings by actor made so far. */
export class EventCounter {
  readonly #activities: Activities;
  readonly #entities: Dataset['entities'];
  readonly #grouped = new Map<string, ActorEvents>();

  /** @throws RangeError when an event's `at` is neither a day nor an instant. */
  constructor(events: Iterable<ActivityEvent>, entities: Dataset['entities']) {
    this.#activities = new Activities(events, entities);
    this.#entities = entities;
  }

  count(plan: EventFunnelPlan): EventFunnelStatistics {
    return countEventFunnel(this.#activities, this.#entities, this.#eventsOf(plan.actor, plan.timeZone), plan);
  }

  #eventsOf(actor: FunnelActor, timeZone: string): ActorEvents {
    const key = `${JSON.stringify(actor)} ${timeZone}`;
    let events = this.#grouped.get(key);
    if (events === undefined) {
      events = groupByActor(this.#activities, this.#entities, actor, timeZone);
      this.#grouped.set(key, events);
    }
    return events;
  }
}
