import type {
  DataSource,
  DifferenceItem,
  DifferenceQuestion,
  DifferenceSide,
  Envelope,
  FunnelAnswer,
  FunnelStage,
} from '@sama/metrics/contracts';
import { maturing } from './funnel-samples.ts';

/** What each setting adds to a number when it is that of the other side. */
const ADDS: Readonly<
  Record<
    string,
    { cause: DifferenceItem['causes'][number]; field: keyof DifferenceSide; amount: number; ids: string[] }
  >
> = {
  period: { cause: 'period', field: 'period', amount: 118, ids: ['P-2011', 'P-2040', 'P-2077'] },
  skips: { cause: 'skip-policy', field: 'skipPolicy', amount: -142, ids: ['P-1007', 'P-1017'] },
  entries: { cause: 'entry-policy', field: 'entryPolicy', amount: 37, ids: ['P-1033'] },
  segment: { cause: 'filter', field: 'segment', amount: -611, ids: ['P-1002', 'P-1008'] },
  view: { cause: 'view', field: 'view', amount: -914, ids: ['P-1001', 'P-1004'] },
};

/** Why a number and another differ: what follows from the settings in which they are asked otherwise. */
function differing(
  { a, b }: DifferenceQuestion,
  { stages, skipPolicy, entryPolicy, period, view }: FunnelAnswer,
): Envelope {
  const shown: Readonly<Record<string, unknown>> = { skipPolicy, entryPolicy, period: period?.text, view };
  const here = stages.find(({ key }) => key === a.stage)?.count ?? 0;
  const said = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  let answered = here;
  const items = Object.values(ADDS).flatMap(({ cause, field, amount, ids }): DifferenceItem[] => {
    const [from, to] = [a, b].map((side) => said(side[field] ?? shown[field]));
    if (from === undefined || to === undefined || from === to) return [];
    answered += amount;
    const [some, none] = [
      { total: Math.abs(amount), ids },
      { total: 0, ids: [] },
    ];
    const [added, removed] = amount > 0 ? [some, none] : [none, some];
    return [{ causes: [cause], from: [from], to: [to], amount, after: answered, added, removed }];
  });
  const { reported = answered } = b;
  return {
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
      a: { label: a.stage, value: here, answered: here, flags: [] },
      b: { label: b.stage, value: reported, answered, flags: [] },
      difference: reported - here,
      items,
      unexplained: reported - answered,
      asked: items.length + 1,
    },
  };
}

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
    if (question.kind === 'difference' && answer !== undefined) return differing(question, answer);
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
