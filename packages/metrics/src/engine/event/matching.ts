import { compileCriteria } from '../../criteria/index.ts';
import type { EventFunnelPlan, PlanMatch } from '../../funnel/event/plan.ts';
import type { Dataset } from '../dataset.ts';
import type { Activities } from './activities.ts';
import type { ActorEvents } from './actors.ts';

/** Which steps and exclusions each event fits, as bits; in the order of `ActorEvents`. */
export interface Matches {
  steps: Int32Array;
  /** Null without exclusions. */
  exclusions: Int32Array | null;
  /** Steps an event fits by its name alone; null where no step asks for the first of a name. */
  named: Int32Array | null;
  /** 1 for events that exist for this funnel; null when all do. */
  visible: Uint8Array | null;
  /** Whether an event fits several steps. */
  overlap: boolean;
}

export function matchEvents(
  activities: Activities,
  entities: Dataset['entities'],
  events: ActorEvents,
  plan: EventFunnelPlan,
): Matches {
  const steps = matcher(activities, plan.steps, plan);
  const exclusions = plan.exclusions.length === 0 ? null : matcher(activities, plan.exclusions, plan);
  const visible = visibility(activities, entities, plan);
  const n = events.row.length;
  const matches: Matches = {
    steps: new Int32Array(n),
    exclusions: exclusions === null ? null : new Int32Array(n),
    named: plan.steps.some((s) => s.firstTime === 'event') ? new Int32Array(n) : null,
    visible: visible === null ? null : new Uint8Array(n),
    overlap: false,
  };
  let several = 0;
  for (let i = 0; i < n; i++) {
    const row = events.row[i] ?? 0;
    const name = events.name[i] ?? 0;
    if (visible !== null && matches.visible !== null) {
      if (!visible(row)) continue;
      matches.visible[i] = 1;
    }
    const bits = steps.of(row, name);
    matches.steps[i] = bits;
    several |= bits & (bits - 1);
    if (matches.named !== null) matches.named[i] = steps.byName[name] ?? 0;
    if (exclusions !== null && matches.exclusions !== null) matches.exclusions[i] = exclusions.of(row, name);
  }
  return { ...matches, overlap: several !== 0 };
}

interface Matcher {
  byName: Int32Array;
  of(row: number, name: number): number;
}

/** Bit k stands for the k-th of these. Names are decided once for each name, criteria only where the name fits. */
function matcher(activities: Activities, wanted: readonly PlanMatch[], plan: EventFunnelPlan): Matcher {
  const byName = new Int32Array(activities.names.values.length);
  const tests: { bit: number; passes: (row: number) => boolean }[] = [];
  wanted.forEach(({ names, where }, k) => {
    const bit = 1 << k;
    if (names === undefined) byName.forEach((bits, code) => (byName[code] = bits | bit));
    for (const name of new Set(names)) {
      const code = activities.names.find(name);
      if (code !== undefined) byName[code] = (byName[code] ?? 0) | bit;
    }
    if (where !== undefined) tests.push({ bit, passes: compileCriteria(where, activities.read, plan) });
  });
  if (tests.length === 0) return { byName, of: (_, name) => byName[name] ?? 0 };
  return {
    byName,
    of: (row, name) => {
      let bits = byName[name] ?? 0;
      if (bits !== 0) for (const { bit, passes } of tests) if ((bits & bit) !== 0 && !passes(row)) bits ^= bit;
      return bits;
    },
  };
}

/** The definition's event filter; for actors by a property also what the reader may see of persons. */
function visibility(
  activities: Activities,
  entities: Dataset['entities'],
  plan: EventFunnelPlan,
): ((row: number) => boolean) | null {
  const passes = plan.eventFilter === undefined ? null : compileCriteria(plan.eventFilter, activities.read, plan);
  if (typeof plan.actor === 'string' || plan.where === undefined) return passes;
  const ofPerson = compileCriteria(plan.where, entities.person.read, plan);
  const person = activities.person.view();
  const permitted = (row: number): boolean => {
    const p = person[row] ?? -1;
    return p >= 0 && ofPerson(p);
  };
  return passes === null ? permitted : (row) => passes(row) && permitted(row);
}
