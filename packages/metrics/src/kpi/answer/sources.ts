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
    return { value: countAt(plan, statistics.stages, stage, 'entries.stage'), inPeriod: true };
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

function countAt(plan: Counted['plan'], stages: Counted['statistics']['stages'], key: string, field: string): number {
  const rank = plan.line.main.find((stage) => stage.key === key)?.rank;
  if (rank === undefined) {
    const known = plan.line.main.map((stage) => stage.key).join(', ');
    throw new QuestionError(
      'unknown-stage',
      `${field} "${key}" is no stage of funnel "${plan.definition.id}"; its stages are ${known}`,
    );
  }
  return stages.find((stage) => stage.rank === rank)?.count ?? 0;
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
  const last = plan.line.main.at(-1)?.key ?? '';
  const rank = plan.line.main.find((stage) => stage.key === (to ?? last))?.rank;
  const reached = countAt(plan, stages, to ?? last, 'cohort.to');
  if (rank !== undefined && missing.includes(rank)) return { value: null, reason: 'missing-stage', inPeriod: true };
  const imputed = stages.some((stage) => stage.rank === rank && stage.imputed > 0);
  return { value: reached, inPeriod: true, ...(imputed ? { flags: ['imputed'] as const } : {}) };
}

async function findRecords(kind: InputKind, source: RecordSource, { tally, scope, filter }: Asker): Promise<Found> {
  const collect: RecordPlan['collect'] = kind === 'values' ? 'values' : kind === 'names' ? 'ids' : 'sums';
  const statistics = await tally.records(source, collect, scope, filter);
  const inPeriod = source.during !== undefined;
  const { sum, n, currencies } = totalOf(source, statistics);
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
      return { value: [...(statistics.values ?? [])], ...rest };
    case 'factor':
      return n === 0 ? { value: null, reason: 'insufficient-data', ...rest } : { value: sum / n, ...rest };
    default:
      return { value: source.value === undefined ? statistics.records : kind === 'count' ? n : sum, ...rest };
  }
}

/** The sum of the values; an amount without a currency is none. */
export function totalOf(
  source: Pick<RecordSource, 'value'>,
  { sums }: RecordStatistics,
): { sum: number; n: number; squares: number; currencies: string[] } {
  const money = source.value !== undefined && 'field' in source.value && source.value.field === 'amount';
  const counted = sums.filter(({ currency }) => !money || currency !== null);
  const add = (pick: (one: RecordStatistics['sums'][number]) => number): number =>
    counted.reduce((total, one) => total + pick(one), 0);
  return {
    sum: add((one) => one.sum),
    n: add((one) => one.n),
    squares: add((one) => one.squares),
    currencies: counted.flatMap(({ currency }) => (currency === null ? [] : [currency])),
  };
}
