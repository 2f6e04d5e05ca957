import type { RecordPlan, RecordStatistics } from '../kpi/answer/plan.ts';
import { findStageFunnel } from '../definitions/funnels.ts';
import { lineOf } from '../funnel/make-plan.ts';
import { measureCases, type MeasureCase } from './measure-cases.ts';

/** Records of a KPI to count, and the statistics worked out by hand. @beta */
export interface RecordCase extends Pick<MeasureCase, 'name' | 'records' | 'events'> {
  plan: RecordPlan;
  /** One for each of the days. */
  expected: readonly RecordStatistics[];
}

/**
 * Plans over the deals of the measure cases: each way to date, to measure and to collect, in a zone ahead of UTC.
 * @beta
 */
export function recordCases(): RecordCase[] {
  const [first] = measureCases();
  if (first === undefined) return [];
  const { records, events, definitions } = first;
  const timeZone = 'Europe/Berlin';
  const asOf = Date.parse('2026-03-01T00:00:00Z');
  const line = lineOf(findStageFunnel(definitions, 'pipeline'), timeZone);
  const deals = { of: 'opportunity', line, asOf, timeZone } as const;
  const amount = { field: 'amount' };
  const days = { days: { from: 'reached.engaging', to: 'reached.won' } };
  const january = { from: '2026-01-01', to: '2026-02-01' };
  const sixteenth = { from: '2026-01-16', to: '2026-01-17' };
  const february = { from: '2026-02-01', to: '2026-03-01' };
  const euro = { currency: 'EUR', n: 3, sum: 6000, squares: 14e6 };
  const one = (day: string, value: number) => ({
    currency: 'EUR',
    day,
    n: 1,
    sum: value,
    squares: value * value,
    values: [[value, 1] as const],
  });
  const cases: Record<string, [RecordPlan, ...RecordStatistics[]]> = {
    'all, without a funnel': [
      { of: 'opportunity', asOf, timeZone, collect: 'sums', value: amount },
      { records: 5, sums: [euro] },
    ],
    'won in January': [
      { ...deals, collect: 'sums', during: { field: 'reached.won', days: [january] }, value: amount },
      { records: 3, sums: [euro] },
    ],
    'won on a day, by the clock of Berlin': [
      { ...deals, collect: 'ids', during: { field: 'reached.won', days: [sixteenth] } },
      { records: 1, sums: [], ids: ['C'] },
    ],
    'signed, a day or an instant': [
      { ...deals, collect: 'ids', during: { field: 'attributes.signed', days: [february] } },
      { records: 2, sums: [], ids: ['A', 'B'] },
    ],
    'single values': [
      { ...deals, collect: 'values', during: { field: 'reached.engaging', days: [january] }, value: days },
      {
        records: 4,
        sums: [
          {
            currency: null,
            n: 3,
            sum: 36,
            squares: 536,
            values: [
              [6, 1],
              [10, 1],
              [20, 1],
            ],
          },
        ],
      },
    ],
    'money by day': [
      { ...deals, collect: 'values', byDay: true, during: { field: 'reached.won', days: [january] }, value: amount },
      { records: 3, sums: [one('2026-01-11', 1000), one('2026-01-16', 2000), one('2026-01-25', 3000)] },
    ],
    'a number of a record': [
      { ...deals, collect: 'values', value: { field: 'attributes.size' } },
      {
        records: 5,
        sums: [
          {
            currency: null,
            n: 2,
            sum: 12.5,
            squares: 106.25,
            values: [
              [2.5, 1],
              [10, 1],
            ],
          },
        ],
      },
    ],
    'by a field, filtered': [
      {
        ...deals,
        collect: 'sums',
        by: 'owner',
        where: {
          all: [
            {
              field: 'stage',
              in: ['won', 'lost'],
            },
            {
              field: 'owner',
              eq: 'ann',
            },
          ],
        },
      },
      { records: 3, sums: [], groups: [{ key: 'ann', count: 3 }] },
    ],
    'in parts that overlap, meet or are empty': [
      {
        ...deals,
        collect: 'values',
        during: {
          field: 'reached.won',
          days: [
            { from: '2026-01-01', to: '2026-01-17' },
            sixteenth,
            { from: '2026-01-17', to: '2026-02-01' },
            february,
          ],
        },
        value: amount,
        by: 'owner',
      },
      {
        records: 2,
        sums: [
          {
            currency: 'EUR',
            n: 2,
            sum: 3000,
            squares: 5e6,
            values: [
              [1000, 1],
              [2000, 1],
            ],
          },
        ],
        groups: [{ key: 'ann', count: 2 }],
      },
      {
        records: 1,
        sums: [{ currency: 'EUR', n: 1, sum: 2000, squares: 4e6, values: [[2000, 1]] }],
        groups: [{ key: 'ann', count: 1 }],
      },
      {
        records: 1,
        sums: [{ currency: 'EUR', n: 1, sum: 3000, squares: 9e6, values: [[3000, 1]] }],
        groups: [{ key: 'bob', count: 1 }],
      },
      { records: 0, sums: [], groups: [] },
    ],
    nobody: [
      { ...deals, collect: 'values', where: { field: 'id', eq: 'nobody' }, value: amount },
      { records: 0, sums: [] },
    ],
  };
  return Object.entries(cases).map(([name, [plan, ...expected]]) => ({ name, records, events, plan, expected }));
}
