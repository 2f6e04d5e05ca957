import type { KpiInput, KpiSource } from '../../contracts/index.ts';
import type { RecordSource } from '../../contracts/kpi-definition.ts';
import { QuestionError } from '../../errors.ts';
import type { InputKind } from '../inputs.ts';
import type { Asker, Found } from './asker.ts';
import { readFigure } from './figures.ts';
import type { RecordPlan, RecordStatistics } from './plan.ts';
import type { FunnelAsk, Tally } from './tally.ts';

export const sourceName = (source: KpiSource): KpiInput['source'] =>
  'records' in source
    ? 'records'
    : 'entries' in source
      ? 'entries'
      : 'cohort' in source
        ? 'cohort'
        : 'figure' in source
          ? 'figure'
          : 'kpi' in source
            ? 'kpi'
            : 'is' in source
              ? 'is'
              : 'dimensions';

/** Finds the value of an input of a kind. */
export async function findInput(kind: InputKind, source: KpiSource, asker: Asker): Promise<Found> {
  if ('is' in source) return { value: source.is };
  if ('kpi' in source) return asker.kpi(source.kpi);
  if ('figure' in source) return readFigure(kind, source, asker);
  if ('records' in source) return findRecords(kind, source.records, asker);
  if ('entries' in source) {
    const { funnel, stage, unit } = source.entries;
    const { plan, statistics } = await ask(
      { funnel, view: 'activity', ...(unit === undefined ? {} : { unit }) },
      asker,
    );
    const rank = rankOf(plan, stage, 'entries.stage');
    return { value: statistics.stages.find((one) => one.rank === rank)?.count ?? 0, inPeriod: true };
  }
  if ('cohort' in source) return findCohort(source.cohort, asker);
  const dimensions: Record<string, [number | null, number]> = {};
  for (const [name, { weight, kpis }] of Object.entries(source.dimensions)) {
    const scores = await Promise.all(kpis.map(({ kpi, target }) => asker.score(kpi, target)));
    const known = scores.filter((score) => score !== null);
    dimensions[name] = [known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length, weight];
  }
  return { value: dimensions, inPeriod: true };
}

const ask = (funnel: FunnelAsk, { tally, scope, filter }: Asker): ReturnType<Tally['funnel']> =>
  tally.funnel(funnel, scope, filter);

type Counted = Awaited<ReturnType<Tally['funnel']>>;

function rankOf(plan: Counted['plan'], key: string, field: string): number {
  const rank = plan.line.main.find((stage) => stage.key === key)?.rank;
  if (rank !== undefined) return rank;
  const known = plan.line.main.map((stage) => stage.key).join(', ');
  throw new QuestionError(
    'unknown-stage',
    `${field} "${key}" is no stage of funnel "${plan.definition.id}"; its stages are ${known}`,
  );
}

async function findCohort(
  { funnel, take, from, to, window }: Extract<KpiSource, { cohort: unknown }>['cohort'],
  asker: Asker,
): Promise<Found> {
  const { plan, statistics } = await ask(
    {
      funnel,
      view: 'cohort',
      ...(from === undefined ? {} : { anchor: from }),
      ...(window === undefined ? {} : { window }),
    },
    asker,
  );
  const { stages, entrants, followed, horizonMs, missing } = statistics;
  if (take === 'entered') return { value: entrants, inPeriod: true };
  if (take === 'followed') {
    return horizonMs === undefined
      ? { value: null, reason: 'insufficient-data', inPeriod: true }
      : { value: followed, inPeriod: true };
  }
  const rank = rankOf(plan, to ?? plan.line.main.at(-1)?.key ?? '', 'cohort.to');
  if (missing.includes(rank)) return { value: null, reason: 'missing-stage', inPeriod: true };
  if (take === 'reached') {
    const reached = stages.find((stage) => stage.rank === rank);
    const imputed = (reached?.imputed ?? 0) > 0;
    return { value: reached?.count ?? 0, inPeriod: true, ...(imputed ? { flags: ['imputed'] as const } : {}) };
  }
  const value = stages
    .filter((stage) => stage.rank < rank)
    .reduce((sum, stage) => sum + (take === 'pending' ? stage.open - stage.overdue : stage[take]), 0);
  return { value, inPeriod: true };
}

async function findRecords(kind: InputKind, source: RecordSource, { tally, scope, filter }: Asker): Promise<Found> {
  const collect: RecordPlan['collect'] = kind === 'values' ? 'values' : kind === 'names' ? 'ids' : 'sums';
  const statistics = await tally.records(source, collect, scope, filter);
  const inPeriod = source.during !== undefined;
  const { sum, n, values, currencies } = totalOf(source, statistics);
  const rest = { inPeriod, ...(currencies.length === 0 ? {} : { currencies }) };
  switch (kind) {
    case 'names':
      return { value: [...(statistics.ids ?? [])], ...rest };
    case 'tally':
      return {
        value: Object.fromEntries((statistics.groups ?? []).map(({ key, count }) => [String(key ?? 'none'), count])),
        ...rest,
      };
    case 'values':
      return { value: values, ...rest };
    case 'factor':
      return n === 0 ? { value: null, reason: 'insufficient-data', ...rest } : { value: sum / n, ...rest };
    default:
      return { value: source.value === undefined ? statistics.records : kind === 'count' ? n : sum, ...rest };
  }
}

/** What the values come to; an amount without a currency is none. Money is rounded to whole minor units once. */
export function totalOf(
  { value }: Pick<RecordSource, 'value'>,
  { sums }: RecordStatistics,
): { sum: number; n: number; values: (readonly [value: number, count: number])[]; currencies: string[] } {
  const money = value !== undefined && 'field' in value && value.field === 'amount';
  const counted = sums.filter(({ currency }) => !money || currency !== null);
  const sum = counted.reduce((total, one) => total + one.sum, 0);
  return {
    sum: money ? Math.round(sum) : sum,
    n: counted.reduce((total, one) => total + one.n, 0),
    values: counted.flatMap((one) => one.values ?? []),
    currencies: [...new Set(counted.flatMap(({ currency }) => currency ?? []))],
  };
}
