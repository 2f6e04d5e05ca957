import { compileCriteria, type FieldReader } from '../criteria/evaluate.ts';
import { zone } from '../time/zone.ts';
import type { Contribution, EngagementScore } from './contracts.ts';
import { inRange, ordered } from './lines.ts';
import type { PreparedModel, PreparedSignal } from './model.ts';
import type { Moment, Timed } from './moment.ts';
import { decayed, onGrid, total } from './points.ts';

/**
 * The engagement of activities: for each signal `Σ pᵢ · 0.5^(ageᵢ / halfLife)`, where the points pᵢ
 * of the newest activities count until the signal's `cap` is used up; groups at most their limit; the
 * whole within 0 and 100.
 *
 * @param activities up to the moment, newest first.
 */
export function engagementOf(model: PreparedModel, activities: readonly Timed[], moment: Moment): EngagementScore {
  const byName = new Map<string, Timed[]>();
  for (const timed of activities) {
    const { name } = timed.activity;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [timed]);
    else known.push(timed);
  }
  const lines = model.signals.map((signal) => lineOf(signal, byName.get(signal.activity) ?? [], moment));
  const limits = model.groups.flatMap(({ key, label = key, cap }): Contribution[] => {
    const sum = total(lines.filter((_, i) => model.signals[i]?.group === key));
    return sum > cap ? [{ kind: 'group-limit', key, label, points: onGrid(cap) - sum, of: cap }] : [];
  });
  const contributions = inRange([...lines, ...limits]);
  return { score: total(contributions), contributions: ordered(contributions) };
}

function lineOf(signal: PreparedSignal, activities: readonly Timed[], moment: Moment): Contribution {
  const { key, label, cap, halfLifeMs } = signal;
  const sign = Math.sign(signal.points);
  const each = Math.abs(signal.points);
  let [count, used, left] = [0, 0, 0];
  let newest: number | undefined;
  for (const ms of counted(signal, activities, moment)) {
    if (used >= cap) break;
    const worth = Math.min(each, cap - used);
    const age = moment.asOf - ms;
    newest ??= age;
    used += worth;
    left += decayed(worth, age, halfLifeMs);
    count += 1;
  }
  const line: Contribution = { kind: 'signal', key, label, points: onGrid(sign * left), of: sign * used, count };
  return newest === undefined ? line : { ...line, ageMs: newest };
}

/** When the activities happened that a signal counts, newest first. */
function* counted(
  { key, where, perDay, withinMs }: PreparedSignal,
  activities: readonly Timed[],
  moment: Moment,
): Iterable<number> {
  const meets = where === undefined ? () => true : compileCriteria(where, activityReader(activities), moment);
  const local = zone(moment.timeZone);
  let dayStart = Number.POSITIVE_INFINITY;
  let today = 0;
  for (const [i, { ms, as }] of activities.entries()) {
    if (moment.asOf - ms > withinMs) return;
    if (as !== key && !meets(i)) continue;
    if (perDay !== Number.POSITIVE_INFINITY) {
      if (ms < dayStart) [dayStart, today] = [local.startOf(local.dayOf(ms)), 0];
      if (today >= perDay) continue;
      today += 1;
    }
    yield ms;
  }
}

const activityReader =
  (activities: readonly Timed[]): FieldReader =>
  (field) => {
    const name = field.slice('attributes.'.length);
    return (i) => {
      const attributes = activities[i]?.activity.attributes;
      return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    };
  };
