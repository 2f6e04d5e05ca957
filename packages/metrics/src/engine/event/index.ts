import type { ActivityEvent, EventSource } from '../../contracts/index.ts';
import type { EventFunnelPlan } from '../../funnel/event/plan.ts';
import type { EventFunnelStatistics } from '../../funnel/event/statistics.ts';
import type { ActivityPlan, ActivityRow } from '../../rows/plan.ts';
import type { Dataset } from '../dataset.ts';
import { Activities } from './activities.ts';
import { activityRows } from './activity-rows.ts';
import { groupByActor, type ActorEvents } from './actors.ts';
import { countEventFunnel } from './count.ts';
import { stageEntries } from './stage-entries.ts';

/** Packed events with the groupings by actor made so far. */
export class EventCounter {
  readonly #activities: Activities;
  readonly #data: Dataset;
  /** Made when first asked for. */
  readonly #withStages = new Map<EventSource, Activities>();
  readonly #grouped = new Map<string, ActorEvents>();

  /** @throws RangeError when an event's `at` is neither a day nor an instant. */
  constructor(events: Iterable<ActivityEvent>, data: Dataset) {
    this.#activities = new Activities(events, data.entities);
    this.#data = data;
  }

  count(plan: EventFunnelPlan): EventFunnelStatistics {
    const activities = this.#sourceOf(plan.source);
    return countEventFunnel(activities, this.#data.entities, this.#eventsOf(activities, plan), plan);
  }

  rows(plan: ActivityPlan): ActivityRow[] {
    return activityRows(this.#activities, plan);
  }

  #sourceOf(source: EventSource): Activities {
    if (source === 'activities') return this.#activities;
    let activities = this.#withStages.get(source);
    if (activities === undefined) {
      const base = source === 'both' ? this.#activities : undefined;
      activities = new Activities(stageEntries(this.#data), this.#data.entities, base);
      this.#withStages.set(source, activities);
    }
    return activities;
  }

  #eventsOf(activities: Activities, { source, actor, timeZone }: EventFunnelPlan): ActorEvents {
    const key = JSON.stringify([source, actor, timeZone]);
    let events = this.#grouped.get(key);
    if (events === undefined) {
      events = groupByActor(activities, this.#data.entities, actor, timeZone);
      this.#grouped.set(key, events);
    }
    return events;
  }
}
