import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { EventFunnelAnswer, EventFunnelDefinition } from '../../contracts/index.ts';
import { addDays } from '../../time/index.ts';
import fixture from '../fixtures/other-engines-vectors.json' with { type: 'json' };
import { ask, funnelOf, happenings, having } from './scene.ts';

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

/** MetricFlow says nothing where nobody converted; Sama says 0 of so many. */
const ratio = (conversions: number, entries: number): number | null =>
  conversions === 0 ? null : Math.round((conversions / entries) * 1e6) / 1e6;

function rowsOf(answer: EventFunnelAnswer, { by, measure, filter }: z.infer<typeof Case>): unknown[][] {
  if (measure === 'conversions') return [[answer.steps[1]?.count]];
  const group = answer.breakdown?.groups[0];
  if (answer.trend === undefined) {
    const { steps } = group ?? answer;
    const value = ratio(steps[1]?.count ?? 0, steps[0]?.count ?? 0);
    return [by.includes('referrer') ? [group?.key, value] : [value]];
  }
  return answer.trend.rows
    .filter(({ entered }) => entered > 0)
    .map(({ from, entered, conversions = 0 }) => {
      const value = ratio(conversions, entered);
      return by.includes('referrer') ? [from.slice(0, 10), filter?.referrer, value] : [from.slice(0, 10), value];
    });
}

test.each(cases)('$id', async (c) => {
  const [first, last] = c.visits_range ?? ['2020-01-01', '2020-01-31'];
  const answer = await ask({ activities }, definitionOf(c), {
    period: `${first}/${addDays(last, 1)}`,
    ...(c.by.includes('date') ? { trend: 'day' } : {}),
    ...(c.by.includes('referrer')
      ? { breakdown: { event: 'attributes.referrer', attribution: { step: 'visit' } } }
      : {}),
  });
  // Days without a conversion are left out there when the visits are filtered.
  const rows = rowsOf(answer, c).filter((row) => c.filter === undefined || row.at(-1) !== null);
  expect(rows).toEqual(c.expect);
  expect(answer.breakdown?.groups.map(({ key }) => key)).toEqual(
    c.by.includes('referrer') ? [c.filter?.referrer] : undefined,
  );
});

test('conversions may outnumber entries, which is no rate but a ratio', async () => {
  const definition = funnelOf([{ id: 'visit', event: 'visit', where: having({ referrer: 'fb_ad_1' }) }, 'buy'], {
    unit: 'conversion',
    window: { within: { hours: 1 } },
  });
  const { steps, ratio, outcomes } = await ask({ activities }, definition);
  expect(steps[1]?.stepRate).toEqual(expect.objectContaining({ k: 1, n: 3 }));
  expect(ratio).toEqual({ value: 1 / 3 });
  expect(outcomes).toEqual({ entered: 3, converted: 1, open: 0, dropped: 2 });
  const { steps: unlimited } = await ask(
    { activities },
    { ...definition, window: { within: { days: 7 } } },
    { period: '2020-01-01/2020-01-02' },
  );
  expect(unlimited[1]).toMatchObject({ count: 2, stepRate: { value: null, reason: 'not-a-subset' } });
});
