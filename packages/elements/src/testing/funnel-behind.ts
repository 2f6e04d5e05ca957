import type { DataSource, Envelope, FunnelStage } from '@sama/metrics/contracts';
import { maturing } from './funnel-samples.ts';

/** Why a number and that of a report, a little less, differ. */
const differing = (here: number): Envelope => ({
  v: 1,
  status: 'ok',
  flags: [],
  warnings: [],
  data: {
    kind: 'difference',
    label: 'Lead to won',
    grain: 'person',
    timeZone: 'UTC',
    unit: 'count',
    a: { label: 'Opportunity', value: here, answered: here, flags: [] },
    b: { label: 'Opportunity', value: here - 46, answered: here - 24, flags: [] },
    difference: -46,
    items: [
      {
        causes: ['period'],
        from: ['2026-01-01/2026-04-01'],
        to: ['2026-01-01/2026-07-01'],
        amount: 118,
        after: here + 118,
        added: { total: 118, ids: ['P-2011', 'P-2040', 'P-2077'] },
        removed: { total: 0, ids: [] },
      },
      {
        causes: ['skip-policy'],
        from: ['impute'],
        to: ['strict'],
        amount: -142,
        after: here - 24,
        added: { total: 0, ids: [] },
        removed: { total: 142, ids: ['P-1007', 'P-1017'] },
      },
    ],
    unexplained: -22,
    asked: 4,
  },
});

/** A source that also tells why people are gone, and who they are. */
export function sourceBehind(): DataSource {
  const answer = maturing.data;
  const stages = (answer?.stages ?? []).map((stage): FunnelStage => {
    const { recycled = 0, lost = 0, disqualified = 0 } = stage.outcomes ?? {};
    const split = (outcome: 'recycled' | 'lost' | 'disqualified', all: number, names: readonly string[]) => {
      const named = names.map((reason, i) => ({ reason, count: Math.floor(all / 2 ** (i + 1)) }));
      return { outcome, named, others: 0, none: all - named.reduce((sum, { count }) => sum + count, 0) };
    };
    return {
      ...stage,
      reasons: [
        split('recycled', recycled, ['Right fit, wrong time', 'No budget this period']),
        split('lost', lost, ['Price', 'Chose to do nothing', 'Bought from another supplier']),
        split('disqualified', disqualified, ['Outside size', 'Student or researcher']),
      ].filter(({ named, none }) => named.some(({ count }) => count > 0) || none > 0),
    };
  });
  const query: DataSource['query'] = async (question): Promise<Envelope> => {
    if (question.kind === 'difference')
      return differing(answer?.stages.find(({ key }) => key === question.a.stage)?.count ?? 0);
    if (question.kind !== 'records' || answer === undefined)
      return { ...maturing, ...(answer === undefined ? {} : { data: { ...answer, stages } }) };
    const { outcome, stage, limit = 20, sort = { by: 'entered', descending: true } } = question;
    return {
      v: 1,
      status: 'ok',
      flags: [],
      warnings: [],
      data: {
        kind: 'records',
        label: answer.label,
        view: 'cohort',
        grain: 'person',
        unit: 'entity',
        entryPolicy: 'first',
        skipPolicy: 'impute',
        timeZone: 'UTC',
        stage: { key: stage, label: stage },
        ...(outcome === undefined ? {} : { outcome }),
        fields: ['amount', 'currency', 'owner'],
        sort,
        total: 34,
        offset: 0,
        records: Array.from({ length: Math.min(limit, 3) }, (_, i) => ({
          id: `P-10${i}7`,
          entered: `2026-03-${19 - i}T09:00:00Z`,
          outcome: outcome ?? 'open',
          ...(outcome === 'lost' ? { reason: i === 0 ? null : 'Price' } : {}),
          values: [(i + 2) * 125_000, 'EUR', i === 1 ? null : 'Dana Okafor'],
        })),
      },
    };
  };
  return { query, command: async () => ({ status: 'refused' }), subscribe: () => () => undefined };
}
