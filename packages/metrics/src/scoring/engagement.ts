import type { Contribution, EngagementScore } from './contracts.ts';
import { factsReader, holds } from './fit.ts';
import { inRange, ordered } from './lines.ts';
import type { PreparedModel, PreparedSignal } from './model.ts';
import type { Moment, Timed } from './moment.ts';
import { zone } from '../time/zone.ts';
import { decayed, onGrid, total } from './points.ts';

/**
 * The engagement of activities: for each signal `Σ pᵢ · 0.5^(ageᵢ / halfLife)`, where the points pᵢ
 * of the newest activities count until the signal's `cap` is used up; groups at most their limit; the
 * whole within 0 and 100.
 *
 * @param activities up to the moment, newest first.
 */
export function engagementOf(model: PreparedModel, activities: readonly Timed[], moment: Moment): EngagementScore {
  const lines = model.signals.map((signal) => lineOf(signal, activities, moment));
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
  for (const { ms } of counted(signal, activities, moment)) {
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

/** The activities a signal counts, newest first. */
function* counted(
  { key, activity: name, where, perDay, withinMs }: PreparedSignal,
  activities: readonly Timed[],
  moment: Moment,
): Iterable<Timed> {
  const days = new Map<string, number>();
  for (const timed of activities) {
    const { activity, ms } = timed;
    if (activity.name !== name || moment.asOf - ms > withinMs) continue;
    const supposed = timed.as === key;
    if (
      where !== undefined &&
      !supposed &&
      !holds(where, factsReader({ attributes: activity.attributes ?? {} }), moment)
    )
      continue;
    if (perDay !== Number.POSITIVE_INFINITY) {
      const day = zone(moment.timeZone).dayOf(ms);
      const before = days.get(day) ?? 0;
      if (before >= perDay) continue;
      days.set(day, before + 1);
    }
    yield timed;
  }
}
