import { compileCriteria } from '../../criteria/index.ts';
import type { ActivityPlan, ActivityRow } from '../../rows/plan.ts';
import { zone } from '../../time/index.ts';
import type { Activities } from './activities.ts';

/** Reads activities one by one. */
export function activityRows(activities: Activities, plan: ActivityPlan): ActivityRow[] {
  const { rows, at, dayStart } = activities.ordered(plan.timeZone);
  const { dayOf } = zone(plan.timeZone);
  const { read, names, systems } = activities;
  const passes = plan.where === undefined ? null : compileCriteria(plan.where, read, plan);
  const codes = plan.names === undefined ? null : new Set(plan.names.map((name) => names.find(name)));
  const readers = plan.fields.map((field) => read(field));
  const link = (['personId', 'accountId', 'opportunityId'] as const).map((field) => read(field));
  const found: ActivityRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const name = activities.name.at(row);
    const starts = dayStart?.[i] ?? Number.NaN;
    const day = !Number.isNaN(starts);
    if ((day ? starts : (at[i] ?? 0)) > plan.asOf) continue;
    if (codes !== null && !codes.has(name)) continue;
    if (passes !== null && !passes(row)) continue;
    const [personId, accountId, opportunityId] = link.map((of) => textOf(of(row)));
    found.push({
      name: names.values[name] ?? '',
      at: day ? dayOf(starts) : new Date(at[i] ?? 0).toISOString(),
      system: systems.values[activities.system.at(row)] ?? '',
      personId: personId ?? null,
      accountId: accountId ?? null,
      opportunityId: opportunityId ?? null,
      values: readers.map((of) => of(row) ?? null),
    });
  }
  return found;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
