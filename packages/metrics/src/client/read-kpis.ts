import type { KpiEnvelope } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { kpiShape } from './kpi-shape.ts';
import { newerVersion } from './read-head.ts';
import { mismatch, wordsOf } from './shape.ts';

const isKpis = (value: unknown): value is KpiEnvelope => mismatch(kpiShape.envelope, value, kpiShape.refs) === null;

/**
 * Reads an envelope with the answer to a KPI question, with every field of it. What is no such envelope gives
 * `invalid-answer` and names the first wrong field; a newer major version gives `newer-version`. Never throws.
 * @beta
 */
export function readKpis(value: unknown): KpiEnvelope {
  if (isKpis(value)) return value;
  const { data: _, ...refused } =
    newerVersion(value) ?? problem('invalid-answer', wordsOf(mismatch(kpiShape.envelope, value, kpiShape.refs)));
  return refused;
}
