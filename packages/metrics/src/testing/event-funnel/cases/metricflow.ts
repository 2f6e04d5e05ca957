import * as z from 'zod/mini';
import type { EventFunnelDefinition } from '../../../contracts/index.ts';
import { addDays } from '../../../time/index.ts';
import fixture from '../../fixtures/other-engines-vectors.json' with { type: 'json' };
import { eventCase, type EventExpectation, type EventFunnelCase } from '../case.ts';
import { funnelOf, happenings, having } from '../scene.ts';

const Case = z.strictObject({
  id: z.string(),
  window: z.nullable(z.enum(['7 days', '1 month'])),
  conversion_grain: z.optional(z.literal('month')),
  filter: z.optional(z.object({ referrer: z.string() })),
  visits_range: z.optional(z.tuple([z.string(), z.string()])),
  by: z.array(z.enum(['date', 'referrer'])),
  measure: z.optional(z.literal('conversions')),
  expect: z.array(z.array(z.nullable(z.union([z.string(), z.number()])))),
  note: z.optional(z.string()),
});
const { visits, buys, cases } = z
  .object({
    visits: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])),
    buys: z.array(z.tuple([z.string(), z.string(), z.string()])),
    cases: z.array(Case),
  })
  .parse(fixture.metricflow);

const activities = [
  ...visits.flatMap(([user, day, referrer], i) =>
    happenings(user, [['visit', `${day}T00:00:00Z`, { referrer }]], { source: { system: 'visits', recordId: `${i}` } }),
  ),
  ...buys.flatMap(([day, user], i) =>
    happenings(user, [['buy', `${day}T00:00:00Z`]], { source: { system: 'buys', recordId: `${i}` } }),
  ),
];

/** MetricFlow's windows are half open; one month of months is the month itself. */
const WINDOWS = {
  '7 days': { within: { days: 7 }, end: 'exclusive' },
  '1 month': { within: { days: 28 }, end: 'exclusive', grain: 'month' },
} satisfies Record<string, EventFunnelDefinition['window']>;

const definitionOf = ({ window, filter }: z.infer<typeof Case>): EventFunnelDefinition =>
  funnelOf([{ id: 'visit', event: 'visit', ...(filter === undefined ? {} : { where: having(filter) }) }, 'buy'], {
    unit: 'conversion',
    ...(window === null ? {} : { window: WINDOWS[window] }),
  });

/** MetricFlow's rates as the counts behind them: conversions for so many visits, of the days that have a visit. */
function expectationOf({
  id,
  by,
  measure,
  filter,
  expect: rows,
  visits_range: range,
}: z.infer<typeof Case>): EventExpectation {
  if (measure === 'conversions') return { counts: [null, Number(rows[0]?.[0])] };
  const [first, last] = range ?? ['2020-01-01', '2020-01-31'];
  const wanted = visits.filter(
    ([, day, referrer]) => day >= first && day <= last && (filter === undefined || referrer === filter.referrer),
  );
  const conversionsOf = (rate: unknown, entries: number): number => Math.round((Number(rate) || 0) * entries);
  if (!by.includes('date')) {
    const conversions = conversionsOf(rows[0]?.at(-1), wanted.length);
    if (!by.includes('referrer')) return { counts: [wanted.length, conversions] };
    return { groups: { [String(rows[0]?.[0])]: [wanted.length, conversions] } };
  }
  const trend: number[][] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const entries = wanted.filter(([, visited]) => visited === day).length;
    const conversions = conversionsOf(rows.find(([date]) => date === day)?.at(-1), entries);
    // No visit of these had more conversions than one, but for one visit that had two.
    trend.push([entries, Math.min(conversions, entries), conversions]);
  }
  if (trend.length === 0) throw new Error(`${id} has no days`);
  return { trend };
}

export function metricflowCases(): EventFunnelCase[] {
  return cases.map((c) => {
    const [first, last] = c.visits_range ?? ['2020-01-01', '2020-01-31'];
    return eventCase(c.id, {
      activities,
      definition: definitionOf(c),
      question: {
        period: `${first}/${addDays(last, 1)}`,
        ...(c.by.includes('date') ? { trend: 'day' } : {}),
        ...(c.by.includes('referrer')
          ? { breakdown: { event: 'attributes.referrer', attribution: { step: 'visit' } } }
          : {}),
      },
      expected: expectationOf(c),
    });
  });
}
