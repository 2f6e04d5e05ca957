import type { KpiAnswer, KpiDefinition, KpiEnvelope, KpiTile, KpiValue } from '@sama/metrics/contracts';
import { changeOf, dueWithin, standingOf, type TargetContext } from '@sama/metrics/kpi';
import { wilson } from '@sama/metrics/stats';

/** The days of the samples: a quarter, eleven weeks of it over. */
const QUARTER = { text: '2026-Q2', from: '2026-04-01', to: '2026-07-01' };
const BEFORE = { text: 'previous', from: '2026-01-01', to: '2026-04-01' };
const AS_OF = '2026-06-16T04:00:00.000Z';
const ZONE = 'Europe/Berlin';

/** A KPI as the samples write it; shares as counts. */
export interface KpiSample extends Pick<KpiTile, 'id' | 'label' | 'unit' | 'owners' | 'aspect'> {
  version?: string;
  kpi?: string;
  grain?: string;
  additivity?: KpiTile['additivity'];
  direction?: KpiTile['direction'];
  now: number | readonly [k: number, n: number] | KpiValue;
  before?: number | readonly [k: number, n: number];
  trend?: readonly (number | null)[];
  target?: number | { low: number; high: number };
  promisedBy?: 'marketing' | 'sales';
  proposed?: boolean;
  flags?: KpiValue['flags'];
  also?: KpiValue['also'];
  section?: string;
}

const valueOf = (given: KpiSample['now'], { flags = [], also = [] }: Pick<KpiSample, 'flags' | 'also'>): KpiValue => {
  if (typeof given === 'number') return { result: { value: given }, flags, also };
  if ('result' in given) return given;
  const [k, n] = given;
  const share = wilson(k, n);
  return {
    result: share ?? { value: null, reason: 'zero-denominator' },
    numerator: k,
    denominator: n,
    n,
    flags: n < 10 ? ['small-n', ...flags] : flags,
    also,
  };
};

/** The day so many weeks after the first Monday of the quarter. */
const week = (i: number): string =>
  new Date(Date.parse('2026-04-06T00:00:00Z') + i * 7 * 86_400_000).toISOString().slice(0, 10);

function tileOf(sample: KpiSample, at: string): KpiTile {
  const {
    id,
    label,
    unit,
    owners,
    aspect,
    additivity = 'ratio',
    direction = 'up',
    now,
    before,
    trend,
    target,
  } = sample;
  const { version = '3.2.0', kpi, grain, section, promisedBy, proposed } = sample;
  const value = valueOf(now, sample);
  const then = before === undefined ? undefined : valueOf(before, {});
  const change = then === undefined ? null : changeOf(value, then, unit);
  const context: TargetContext = {
    direction,
    additivity,
    from: QUARTER.from,
    to: QUARTER.to,
    asOf: Date.parse(at),
    timeZone: ZONE,
  };
  const agreedBy: NonNullable<KpiDefinition['agreedBy']> = [
    { team: 'marketing', by: 'Gasket Exampleton', at: AS_OF },
    { team: 'sales', by: 'Lever Testerman', at: AS_OF },
  ];
  const aim =
    target === undefined
      ? undefined
      : {
          period: QUARTER.text,
          value: target,
          ...(promisedBy === undefined ? {} : { promisedBy }),
          agreedBy: proposed === true ? [] : agreedBy,
        };
  return {
    id,
    label,
    definition: { id, version, hash: id, agreed: ['marketing', 'sales'] },
    ...(kpi === undefined ? {} : { kpi }),
    unit,
    ...(unit === 'currency' ? { currency: 'EUR' } : {}),
    direction,
    additivity,
    ...(grain === undefined ? {} : { grain }),
    owners,
    aspect,
    ...(section === undefined ? {} : { section }),
    revenuePath: ['won', 'revenue'],
    inPeriod: true,
    value,
    inputs: [],
    ...(then === undefined ? {} : { before: { value: then, ...(change === null ? {} : { change }) } }),
    ...(aim === undefined ? {} : { target: { period: QUARTER, ...standingOf(value.result, aim, context) } }),
    ...(trend === undefined
      ? {}
      : {
          trend: trend.map((one, i) => {
            const step = { from: week(i), to: week(i + 1) };
            const due = aim === undefined ? undefined : dueWithin(aim, step, context);
            return {
              ...step,
              result: one === null ? { value: null, reason: 'insufficient-data' as const } : { value: one },
              ...(due === undefined ? {} : { due }),
              ...(step.to > at.slice(0, 10) ? { partial: true } : {}),
            };
          }),
        }),
  };
}

/** The KPIs of a quarter that goes well, but for one. */
export const samples: readonly KpiSample[] = [
  {
    id: 'pipeline',
    label: 'Pipeline created',
    unit: 'currency',
    owners: ['both'],
    aspect: 'volume',
    additivity: 'sum',
    now: 668_000_000,
    before: 641_000_000,
    target: 810_000_000,
    trend: [55, 61, 58, 66, 63, 70, 59, 72, 64, 71, 29].map((n) => n * 1_000_000),
  },
  {
    id: 'mqls',
    label: 'MQL volume',
    kpi: 'mqlVolume',
    grain: 'person',
    unit: 'count',
    owners: ['marketing'],
    aspect: 'volume',
    additivity: 'sum',
    now: 2431,
    before: 2249,
    target: 2680,
    trend: [188, 195, 206, 199, 216, 224, 227, 221, 239, 248, 168],
  },
  {
    id: 'acceptance',
    label: 'Acceptance rate',
    unit: 'share',
    owners: ['both'],
    aspect: 'quality',
    now: [1502, 2152],
    before: [1620, 2177],
    target: 0.75,
    trend: [0.75, 0.76, 0.745, 0.752, 0.74, 0.72, 0.71, 0.695, 0.69, 0.68, 0.66],
  },
  {
    id: 'cac',
    label: 'CAC',
    kpi: 'cac',
    unit: 'currency',
    owners: ['both'],
    aspect: 'cost',
    direction: 'down',
    now: 418_000,
    before: 418_000,
    target: 440_000,
    trend: [472, 461, 455, 464, 441, 437, 430, 425, 421, 419, 418].map((n) => n * 1000),
  },
  {
    id: 'win-rate',
    label: 'Win rate',
    unit: 'share',
    owners: ['sales'],
    aspect: 'win-rate',
    now: [391, 1402],
    target: 0.29,
    trend: [0.28, 0.295, 0.3, 0.27, 0.29, 0.282, 0.271, 0.279],
    flags: ['immature'],
    also: [{ key: 'openShare', unit: 'share', result: { value: 0.48 } }],
  },
  {
    id: 'first-response',
    label: 'First response',
    kpi: 'firstResponseTime',
    unit: 'minutes',
    owners: ['sales'],
    aspect: 'speed',
    additivity: 'quantile',
    direction: 'down',
    now: 42,
    before: 53,
    target: 60,
    trend: [66, 63, 64, 59, 56, 53, 52, 50, 47, 44, 42],
  },
  {
    id: 'in-time',
    label: 'SLA compliance',
    unit: 'share',
    owners: ['both'],
    aspect: 'compliance',
    now: [1975, 2152],
    before: [1990, 2177],
    target: 0.9,
    promisedBy: 'sales',
    trend: [0.88, 0.9, 0.91, 0.92, 0.91, 0.93, 0.935, 0.93, 0.925, 0.92, 0.918],
  },
  {
    id: 'accepted',
    label: 'Accepted leads rated A or B',
    grain: 'person',
    unit: 'count',
    owners: ['marketing'],
    aspect: 'volume',
    additivity: 'sum',
    now: 1640,
    before: 1588,
    target: 1900,
    promisedBy: 'marketing',
    trend: [140, 151, 148, 149, 155, 150, 158, 152, 149, 160, 90],
  },
];

export const pairs: NonNullable<KpiAnswer['pairs']> = [
  { kpi: 'mqls', beside: 'acceptance' },
  { kpi: 'cac', beside: 'win-rate' },
  { kpi: 'first-response', beside: 'in-time' },
];

export const answerOf = (kpis: readonly KpiSample[], more: Partial<KpiAnswer> = {}, at = AS_OF): KpiAnswer => ({
  kind: 'kpi',
  period: QUARTER,
  timeZone: ZONE,
  compare: { period: BEFORE, asOf: '2026-03-17T05:00:00.000Z' },
  trend: 'week',
  kpis: kpis.map((sample) => tileOf(sample, at)),
  pairs: pairs.filter((pair) => [pair.kpi, pair.beside].every((id) => kpis.some((one) => one.id === id))),
  ...more,
});

export const envelopeOf = (data: KpiAnswer, more: Partial<KpiEnvelope> = {}): KpiEnvelope => ({
  v: 1,
  status: 'ok',
  flags: [...new Set(data.kpis.flatMap(({ value }) => value.flags))],
  asOf: AS_OF,
  computedAt: AS_OF,
  engine: 'memory',
  warnings: [],
  data,
  ...more,
});

export const healthy = envelopeOf(answerOf(samples));
