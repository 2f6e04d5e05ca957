import * as fc from 'fast-check';
import type { Definition, KpiDefinition, KpiQuestion, MetricsEngine } from '../contracts/index.ts';
import { OWNER_RIGHTS } from '../contracts/index.ts';
import type { EntryStatistics, FunnelStatistics } from '../funnel/statistics.ts';
import type { FunnelPlan, Span } from '../funnel/plan.ts';
import { zone } from '../time/index.ts';
import { normalised } from './agreement.ts';
import { dayAfter } from './oracle-days.ts';
import { arbitraryExample, type Example } from './questions.ts';

/** A cohort or the entries of a random world, and spans of entries: some meet, overlap, are empty or unbounded. @beta */
export function arbitraryEntries(): fc.Arbitrary<Example & { spans: readonly Span[] }> {
  const examples = fc.oneof(
    {
      weight: 3,
      arbitrary: arbitraryExample({ choose: { view: 'cohort', time: false, measure: 'count', reasons: false } }),
    },
    { weight: 1, arbitrary: arbitraryExample({ choose: { view: 'activity', time: false, measure: 'count' } }) },
  );
  return examples.chain((example) => {
    const { season } = example.world.calendar;
    const { startOf } = zone(season.timeZone);
    const begins = fc.nat(110).map((days) => startOf(dayAfter(season.firstDay, days)));
    const span = fc
      .record({ begins, days: fc.constantFrom(0, 1, 7, 30, 120), open: fc.constantFrom('', '', '', 'from', 'to') })
      .map(({ begins: from, days, open }): Span => ({
        ...(open === 'from' ? {} : { from }),
        ...(open === 'to' ? {} : { to: from + days * 86_400_000 }),
      }));
    return fc.array(span, { minLength: 1, maxLength: 5 }).map((spans) => ({ ...example, spans }));
  });
}

/** Says where spans that were counted in one pass differ from each of them asked alone. @beta */
export async function entriesDiffer(
  { plan, spans }: { plan: FunnelPlan; spans: readonly Span[] },
  together: readonly EntryStatistics[],
  alone: (plan: FunnelPlan) => FunnelStatistics | Promise<FunnelStatistics>,
): Promise<string[]> {
  const { from: _, to: __, ...always } = plan;
  const seen = (one: EntryStatistics): string => {
    const { stages, trials, missing } = normalised(
      { ...one, side: [], entities: 0, warnings: { futureEvents: 0, unknownStageEvents: 0, undated: 0, unlinked: 0 } },
      { ...plan, time: false, estimate: false },
    );
    return JSON.stringify({ stages, trials, missing });
  };
  const wrong = await Promise.all(
    spans.map(async (span, i) => {
      const own = seen(await alone({ ...always, ...span }));
      const given = together[i];
      const other = given === undefined ? 'nothing' : seen(given);
      return own === other ? [] : [`${JSON.stringify(span)}: together ${other}, alone ${own}`];
    }),
  );
  return wrong.flat();
}

/** Says where a step of a trend differs from the same KPI asked for the days of that step. @beta */
export async function trendDiffers(
  engine: Pick<MetricsEngine, 'answer'>,
  question: KpiQuestion,
  context: Parameters<MetricsEngine['answer']>[1],
): Promise<{ steps: number; differences: string[] }> {
  const { trend: _, compare: __, ...plain } = question;
  const whole = await engine.answer(question, context);
  if (whole.data?.kind !== 'kpi') return { steps: 0, differences: [whole.message ?? 'no answer'] };
  const [first] = whole.data.kpis;
  const steps = first?.trend ?? [];
  const differences = await Promise.all(
    steps.map(async ({ from, to }, i) => {
      const { data } = await engine.answer({ ...plain, period: `${from}/${to}` }, context);
      const alone = data?.kind === 'kpi' ? data.kpis : [];
      return (whole.data?.kind === 'kpi' ? whole.data.kpis : []).flatMap(({ id, trend = [] }, k) => {
        const [one, other] = [trend[i]?.result, alone[k]?.value.result].map((result) => JSON.stringify(result));
        return one === other ? [] : [`${id} of ${from}/${to}: ${one} in the trend, ${other} alone`];
      });
    }),
  );
  return { steps: steps.length, differences: differences.flat() };
}

/** KPIs of every kind of source over the funnel and the records of a random world, and a question for their trend. @beta */
export function trendOfWorld({ world, plan }: Example): {
  question: KpiQuestion;
  context: Parameters<MetricsEngine['answer']>[1];
} {
  const { definition, line } = plan;
  const funnel = definition.id;
  const { season } = world.calendar;
  const stage = (definition.stages[1] ?? definition.stages[0])?.key ?? '';
  const head = (id: string) => ({ kind: 'kpi' as const, id, version: '1.0.0', owners: ['sales' as const] });
  const cohort = (id: string, window?: { days: 30 }): KpiDefinition => ({
    ...head(id),
    formula: {
      kpi: 'leadToMql',
      inputs: {
        entered: { cohort: { funnel, take: 'entered', ...(window === undefined ? {} : { window }) } },
        converted: { cohort: { funnel, take: 'reached', to: stage, ...(window === undefined ? {} : { window }) } },
        followed: { cohort: { funnel, take: 'followed', ...(window === undefined ? {} : { window }) } },
      },
    },
  });
  const of = { of: line.grain, funnel, during: `reached.${stage}` } as const;
  const kpis: KpiDefinition[] = [
    cohort('cohort'),
    cohort('cohort-of-30-days', { days: 30 }),
    { ...head('entries'), formula: { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel, stage } } } } },
    {
      ...head('visits'),
      formula: { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel, stage, unit: 'visit' } } } },
    },
    {
      ...head('amount'),
      revenuePath: ['revenue'],
      formula: {
        measure: { of: of.of, funnel, value: { field: 'amount' }, aggregates: ['sum', 'median'] },
        during: of.during,
      },
    },
    { ...head('records'), formula: { kpi: 'mqlVolume', inputs: { mqls: { records: of } } } },
    {
      ...head('standing'),
      revenuePath: ['revenue'],
      formula: { measure: { of: of.of, funnel, where: { field: 'stage', eq: stage }, aggregates: ['count'] } },
    },
  ];
  const definitions: Definition[] = [definition, ...kpis];
  return {
    question: {
      kind: 'kpi',
      kpis: kpis.map(({ id }) => id),
      period: `${season.firstDay}/${dayAfter(season.firstDay, 120)}`,
      trend: 'auto',
    },
    context: {
      definitions,
      rights: OWNER_RIGHTS,
      asOf: new Date(plan.asOf).toISOString(),
      timeZone: line.timeZone,
    },
  };
}
