import { compareText, compileCriteria, type FieldReader } from '../criteria/index.ts';
import type { RecordRow, RowPlan } from '../rows/plan.ts';
import type { Dataset } from './dataset.ts';
import { derivedReader } from './derived.ts';
import type { LineData } from './line-data.ts';

/** Reads records one by one, in the order of their ids. */
export function recordRows(data: Dataset, line: LineData | undefined, plan: RowPlan): RecordRow[] {
  const entities = data.entities[plan.of];
  const read: FieldReader =
    line === undefined || plan.line === undefined ? entities.read : derivedReader(line, plan.line);
  const passes = plan.where === undefined ? null : compileCriteria(plan.where, read, plan);
  const readers = plan.fields.map((field) => read(field));
  const found: RecordRow[] = [];
  for (let e = 0; e < entities.size; e++) {
    if (!entities.hasRecord(e) && line?.hasEvents[e] !== 1) continue;
    if (passes !== null && !passes(e)) continue;
    found.push({ id: entities.id(e), values: readers.map((of) => of(e) ?? null) });
  }
  return found.sort((a, b) => compareText(a.id, b.id));
}
