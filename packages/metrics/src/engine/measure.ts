import type { Scalar } from '../contracts/index.ts';
import { compileCriteria, type FieldReader } from '../criteria/index.ts';
import type { MeasurePlan, MeasureStatistics } from '../measure/plan.ts';
import { quantile } from '../stats/index.ts';
import type { Dataset } from './dataset.ts';
import { derivedReader } from './derived.ts';
import { expressionReader } from './expression.ts';
import type { LineData } from './line-data.ts';

/** Counts a measure over the records of one entity type. */
export function countMeasure(data: Dataset, line: LineData | undefined, plan: MeasurePlan): MeasureStatistics {
  const entities = data.entities[plan.of];
  const read: FieldReader =
    line === undefined || plan.line === undefined ? entities.read : derivedReader(line, plan.line);
  const passes = plan.where === undefined ? null : compileCriteria(plan.where, read, plan);
  const value = plan.value === undefined ? null : expressionReader(plan.value, read, plan.timeZone);
  const currency = entities.read('currency');
  const by = plan.by === undefined ? null : read(plan.by);
  const values: number[] = [];
  const currencies = new Set<string>();
  const groups = new Map<Scalar, number>();
  let records = 0;
  for (let e = 0; e < entities.size; e++) {
    if (!entities.hasRecord(e) && line?.hasEvents[e] !== 1) continue;
    if (passes !== null && !passes(e)) continue;
    records++;
    if (by !== null) {
      const key = by(e) ?? null;
      groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    const v = value?.(e) ?? null;
    if (v === null) continue;
    values.push(v);
    currencies.add(String(currency(e) ?? ''));
  }
  const sorted = Float64Array.from(values).sort();
  return {
    records,
    n: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    quantiles: plan.quantiles.map((p) => quantile(sorted, p)),
    currencies:
      plan.value !== undefined && 'field' in plan.value && plan.value.field === 'amount' ? [...currencies].sort() : [],
    groups: Array.from(groups, ([key, count]) => ({ key, count })),
  };
}
