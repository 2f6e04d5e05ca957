import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { KpiValue } from '../contracts/index.ts';
import fixture from '../testing/fixtures/metrics-vectors.json' with { type: 'json' };
import { findKpi, misalignmentBound, misalignmentCost, type InputValue } from './index.ts';

/** Source: the project's metric vectors, recomputed independently; `null` with a reason instead of a zero denominator. */
const vectors = z
  .array(
    z.object({
      metric: z.string(),
      inputs: z.record(z.string(), z.custom<InputValue>()),
      expected: z.record(z.string(), z.unknown()),
    }),
  )
  .parse(fixture);

const NAMES: Readonly<Record<string, string>> = { cacPaybackMonths: 'cacPayback', costPerMql: 'costPer.mql' };

/** What the vectors call by another name than the catalogue. */
const INPUTS: Readonly<Record<string, (inputs: Record<string, InputValue>) => Record<string, InputValue>>> = {
  dataCompleteness: ({ weights = {}, present = [] }) => ({ weights, fields: present }),
};

/** Where the expected fields stand in a value. */
const also = (value: KpiValue, key: string): number | null | undefined =>
  value.also.find((one) => one.key === key)?.result.value;
const FIELDS: Readonly<Record<string, (value: KpiValue) => unknown>> = {
  value: (v) => v.result.value,
  reason: (v) => (v.result.value === null ? v.result.reason : undefined),
  flag: (v) => v.flags[0],
  openShare: (v) => also(v, 'openShare'),
  accuracy: (v) => v.result.value,
  wmape: (v) => also(v, 'wmape'),
  bias: (v) => also(v, 'bias'),
  respondedMedian: (v) => also(v, 'respondedMedian'),
  medianInclNever: (v) => v.result.value,
  neverRate: (v) => also(v, 'neverRate'),
  coverage: (v) => also(v, 'coverage'),
  meanMarketing: (v) => also(v, 'meanMarketing'),
  meanSales: (v) => also(v, 'meanSales'),
  meanAbsGap: (v) => v.result.value,
  level01: (v) => also(v, 'level'),
  score: (v) => also(v, 'score'),
};

const rounded = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(6)) : value);
const kpis = vectors.filter(({ metric }) => metric !== 'misalignmentCost.bottomUp');

test.each(kpis.map((vector, i) => ({ ...vector, name: `${i} ${vector.metric}` })))(
  '$name',
  ({ metric, inputs, expected }) => {
    const kpi = findKpi(NAMES[metric] ?? metric);
    const value = kpi.evaluate((INPUTS[metric] ?? ((same) => same))(inputs));
    const fields = Object.entries(expected).flatMap(([field, wanted]) => {
      const read = FIELDS[field];
      return read === undefined ? [] : [{ field, wanted: rounded(wanted), found: rounded(read(value)) }];
    });
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.map(({ found }) => found)).toEqual(fields.map(({ wanted }) => wanted));
  },
);

const one = (metric: string, nth = 0): KpiValue => {
  const vector = kpis.filter((v) => v.metric === metric)[nth];
  return findKpi(metric).evaluate(vector?.inputs ?? {});
};

test('what the vectors say beside the value', () => {
  expect(findKpi('pipelineVelocity').unit).toBe('currency/day');
  expect(also(one('ltv'), 'cappedAtHorizon')).toBe(48_000);
  const romi = one('romi');
  expect([also(romi, 'roas'), also(romi, 'roiOnRevenue')]).toEqual([5, 4]);
  const p90 = one('speedToLead').also.find(({ key }) => key === 'p90')?.result;
  expect(p90).toEqual({ value: null, reason: 'not-reached', above: 55 });
  const gaps = one('perceptionGap').also.filter(({ key }) => key.startsWith('item.'));
  expect(gaps.map(({ result }) => result.value)).toEqual([2, 1, 0, 2]);
});

test('the cost of misalignment, line by line, beside a bound it is not added to', () => {
  const vector = vectors.find(({ metric }) => metric === 'misalignmentCost.bottomUp');
  const { lines, total, missing } = misalignmentCost(vector?.inputs ?? {});
  const amounts = Object.fromEntries(lines.map(({ key, amount }) => [key, Number(amount.toFixed(6))]));
  expect({ ...amounts, total }).toEqual(vector?.expected);
  expect(missing.map(({ key }) => key)).toEqual(['unreviewedRecycling', 'duplicateEffort']);
  expect(misalignmentBound(20_000_000, 0.1)).toBe(2_000_000);
  expect(() => misalignmentCost({ unusedShare: 70 })).toThrow(/unusedShare.*from 0 to 1/);
});
