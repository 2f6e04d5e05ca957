import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../errors.ts';
import { findKpi, KPI_CATALOGUE, type InputKind, type InputValue, type Kpi } from '../index.ts';
import { specOf } from '../inputs.ts';

/** The 52 rows of the catalogue; some hold several KPIs. */
const ROWS = `leadVolume; mqlVolume; visitorToLead; leadToMql; acceptanceRate; firstPassRate; returnRate; salToSql;
mqlToSql; sqlToOpp sqlToWon; leadToCustomer; winRate.count; winRate.value; winRate.cohort; avgDealSize; salesCycle;
pipelineVelocity; pipelineCoverage; pipelineCreated; forecastAccuracy; cac; cacPayback; ltv; ltvToCac;
sourcedPipeline sourcedRevenue; influencedPipeline influencedRevenue; winRateLift; campaignRoi romi roas;
costPer.lead costPer.mql costPer.sal costPer.sql; valuePerUnit; speedToLead; firstResponseTime; systemLatency;
slaCompliance; recycleRate recycleYield; leadAging; unworkedRate; contentUsage; contentInWon; targetAccountCoverage;
targetAccountEngagement; targetAccountAgreement; buyingGroupCoverage; retention.logo churn.logo; nrr grr;
smPercentOfRevenue; dataCompleteness; stageIntegrity; definitionAgreement; kpiOverlap; perceptionGap; alignmentIndex`
  .split(';')
  .map((row) => row.trim().split(/\s+/));
const all = [...KPI_CATALOGUE.values()];

test('all 52 rows are there, each with an owner, a way to revenue and a partner that exists', () => {
  expect(ROWS).toHaveLength(52);
  expect([...KPI_CATALOGUE.keys()].toSorted()).toEqual(ROWS.flat().toSorted());
  for (const { key, owners, revenuePath, guardrail, formula } of all) {
    expect(owners.length, key).toBeGreaterThan(0);
    expect(revenuePath.at(-1), key).toBe('revenue');
    expect(KPI_CATALOGUE.has(guardrail ?? ''), key).toBe(true);
    expect(guardrail, key).not.toBe(key);
    expect(formula, key).not.toBe('');
  }
});

const count = fc.nat({ max: 40 });
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 0, max: 1e6, noNaN: true });
const series = (n: number) => fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { minLength: n, maxLength: n });
/** Inputs with many zeros: where there is nothing to divide by is where it goes wrong. */
const KINDS: Readonly<Record<InputKind, fc.Arbitrary<InputValue>>> = {
  count,
  amount: fc.oneof(fc.constant(0), number),
  positive: fc.oneof(fc.constant(0), positive),
  factor: fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constant({ value: null, reason: 'zero-churn' } as const),
  ),
  values: fc.array(fc.oneof(fc.constant(null), number, fc.tuple(number, count))),
  series: series(3),
  names: fc.array(fc.constantFrom('a', 'b', 'c')),
  tally: fc.dictionary(fc.constantFrom('a', 'b'), count),
  weights: fc.constant({ a: 0, b: 2 }),
  dimensions: fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.tuple(fc.option(fc.integer({ min: 0, max: 100 })), fc.nat(3)).map(([score, weight]) => [score, weight] as const),
  ),
};

/** Any inputs of a KPI, among them ones that contradict each other. */
const inputsOf = (kpi: Kpi): fc.Arbitrary<Record<string, InputValue>> => {
  const required = Object.entries(kpi.inputs).map(([key, spec]) => [key, KINDS[specOf(spec).kind]] as const);
  const needed = Object.entries(kpi.inputs).flatMap(([key, spec]) => (specOf(spec).optional ? [] : [key]));
  return fc.record<Record<string, InputValue>>(Object.fromEntries(required), { requiredKeys: needed });
};

/** Whether every figure is a finite number or says why not; inputs that contradict each other are refused by name. */
function speaks(kpi: Kpi, inputs: Record<string, InputValue>): boolean {
  try {
    const { result, also } = kpi.evaluate(inputs);
    return [result, ...also.map((figure) => figure.result)].every((one) =>
      one.value === null ? one.reason.length > 0 : Number.isFinite(one.value),
    );
  } catch (error) {
    return error instanceof InputError;
  }
}

test.each(all.map((kpi) => [kpi.key, kpi] as const))('%s is a finite number or null with a reason', (_, kpi) => {
  fc.assert(
    fc.property(inputsOf(kpi), (inputs) => {
      expect(speaks(kpi, inputs)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('inputs are checked by name and kind', () => {
  const rate = findKpi('winRate.count');
  expect(() => rate.evaluate({ won: 1 })).toThrow('inputs.lost: is missing; give a whole number, 0 or more');
  expect(() => rate.evaluate({ won: 1, lost: 2.5 })).toThrow('inputs.lost: is not a whole number, 0 or more');
  expect(() => rate.evaluate({ won: 1, lost: 2, lots: 3 })).toThrow('inputs.lots: is not known; give won, lost, open');
  expect(() => findKpi('winRate')).toThrow(/"winRate" is not in the catalogue; use one of .*winRate\.count/);
  expect(() =>
    findKpi('acceptanceRate').evaluate({ offered: 3, accepted: 4, returned: 0, disqualified: 0, expired: 0 }),
  ).toThrow(/inputs\.offered/);
});

test('back-dated deals are dropped and counted, open ones counted', () => {
  const { result, also } = findKpi('salesCycle').evaluate({ days: [10, 20, 30, -3, null] });
  expect(result).toEqual({ value: 20 });
  expect(also.find(({ key }) => key === 'backDated')?.result.value).toBe(1);
  expect(also.find(({ key }) => key === 'open')?.result.value).toBe(1);
});

test('a survey with fewer than five in a team is not shown, an index on little neither', () => {
  const gap = findKpi('perceptionGap').evaluate({
    marketing: [4],
    sales: [2],
    marketingRespondents: 4,
    salesRespondents: 9,
  });
  expect(gap).toMatchObject({ result: { value: null, reason: 'suppressed' }, flags: ['suppressed'], also: [] });
  const index = (known: number): unknown =>
    findKpi('alignmentIndex').evaluate({ dimensions: { a: [80, known], b: [null, 10 - known] } }).result.value;
  expect([index(6), index(5)]).toEqual([80, null]);
});
