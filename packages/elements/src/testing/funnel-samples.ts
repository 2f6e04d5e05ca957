import type { FunnelAnswer, FunnelEnvelope, FunnelStage, Outcomes, Owner, Rate } from '@sama/metrics/contracts';
import { newcombe, wilson } from '@sama/metrics/stats';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A stage as the samples write it. */
export interface StageSample {
  key: string;
  label?: string;
  owner?: Owner;
  count: number;
  /** Still open, recycled, lost, disqualified; the rest advanced. */
  left?: readonly [open: number, recycled: number, lost: number, disqualified: number];
  /** Median time, milliseconds. */
  time?: number;
  imputed?: number;
  /** Count and count of the stage before, in the comparison. */
  before?: readonly [k: number, n: number];
  missing?: string;
}

const rateOf = (k: number, n: number): Rate => {
  const share = k > n ? null : wilson(k, n);
  if (share !== null) return { ...share, k, n };
  return { value: null, reason: n === 0 ? 'zero-denominator' : 'not-a-subset' };
};

function stageOf(sample: StageSample, i: number, all: readonly StageSample[]): FunnelStage {
  const { key, label = key, owner, count, left, time, imputed = 0, before, missing } = sample;
  const previous = all[i - 1];
  const across = missing !== undefined || previous?.missing !== undefined;
  const unknown: Rate = { value: null, reason: 'missing-stage' };
  const [open = 0, recycled = 0, lost = 0, disqualified = 0] = left ?? [];
  const outcomes: Outcomes = {
    advanced: count - open - recycled - lost - disqualified,
    open,
    recycled,
    lost,
    disqualified,
    overdue: 0,
  };
  const step = previous === undefined ? undefined : across ? unknown : rateOf(count, previous.count);
  const then = before === undefined ? undefined : rateOf(...before);
  const change = before === undefined || previous === undefined ? null : newcombe(count, previous.count, ...before);
  return {
    key,
    label,
    ...(owner === undefined ? {} : { owner, term: key }),
    ...(missing === undefined ? {} : { missing }),
    count,
    imputed,
    outcomes,
    ...(step === undefined ? {} : { stepRate: step }),
    cumulativeRate: missing === undefined ? rateOf(count, all[0]?.count ?? 0) : unknown,
    ...(time === undefined ? {} : { time: { median: { value: time }, p90: { value: time * 3 }, visits: count, open } }),
    ...(before === undefined || then === undefined || change === null
      ? {}
      : {
          before: {
            count: before[0],
            stepRate: then,
            change: {
              difference: change.value,
              low: change.low,
              high: change.high,
              verdict: change.low > 0 ? 'up' : change.high < 0 ? 'down' : 'no-clear-change',
            },
          },
        }),
  };
}

/** A cohort's answer from samples; `more` replaces parts of it. */
export function answerOf(samples: readonly StageSample[], more: Partial<FunnelAnswer> = {}): FunnelAnswer {
  return {
    kind: 'funnel',
    label: 'Lead to customer',
    view: 'cohort',
    measure: 'count',
    grain: 'person',
    anchor: samples[0]?.key ?? '',
    unit: 'entity',
    entryPolicy: 'first',
    skipPolicy: 'impute',
    period: { text: '2026-Q1', from: '2026-01-01', to: '2026-04-01' },
    windowMs: 120 * DAY,
    timeZone: 'UTC',
    stages: samples.map(stageOf),
    side: [],
    ...more,
  };
}

/** An envelope around an answer; `more` replaces parts of it. */
export function envelopeOf(data: FunnelAnswer, more: Partial<FunnelEnvelope> = {}): FunnelEnvelope {
  return {
    v: 1,
    status: 'ok',
    flags: [],
    definition: { id: 'lead-to-won', version: '3.2.0', hash: '5f0c2a', agreed: ['marketing', 'sales'] },
    asOf: '2026-06-16T06:00:00Z',
    computedAt: '2026-06-16T06:00:02Z',
    engine: 'samples',
    warnings: [],
    data,
    ...more,
  };
}

export const stages: readonly StageSample[] = [
  { key: 'lead', label: 'Lead', owner: 'marketing', count: 18_400, left: [3086, 4980, 0, 3022], time: 3 * DAY },
  { key: 'mql', label: 'MQL', owner: 'both', count: 7312, left: [412, 1204, 0, 592], time: 6 * DAY, imputed: 80 },
  { key: 'sal', label: 'SAL', owner: 'sales', count: 5104, left: [386, 903, 0, 518], time: 10 * HOUR, imputed: 62 },
  { key: 'sql', label: 'SQL', owner: 'sales', count: 3297, left: [611, 742, 0, 542], time: 9 * DAY, imputed: 40 },
  {
    key: 'opportunity',
    label: 'Opportunity',
    owner: 'sales',
    count: 1402,
    left: [488, 64, 459, 0],
    time: 14 * DAY,
    imputed: 30,
  },
  { key: 'won', label: 'Won', owner: 'sales', count: 391, time: 41 * DAY },
];

const handoff: NonNullable<FunnelAnswer['handoff']> = {
  from: 'mql',
  to: 'sal',
  withinMs: DAY,
  inTime: rateOf(6333, 6900),
  median: { value: 3 * HOUR + 5 * 60_000 },
};
const q4 = { text: '2025-Q4', from: '2025-10-01', to: '2026-01-01' };
const segments = [
  { id: 'enterprise', label: 'Enterprise' },
  { id: 'emea', label: 'EMEA' },
];
const before: Record<string, readonly [number, number]> = {
  mql: [6900, 17_300],
  sal: [4830, 6900],
  sql: [3110, 4830],
  opportunity: [1465, 3110],
  won: [420, 1465],
};
const compared = stages.map((stage) => ({
  ...stage,
  ...(before[stage.key] === undefined ? {} : { before: before[stage.key] ?? [0, 0] }),
}));
const compare = { period: q4, asOf: '2026-03-16T06:00:00Z', entrants: 17_300 };

const estimated = (data: FunnelAnswer): FunnelAnswer => ({
  ...data,
  stages: data.stages.map((stage, i) =>
    i === data.stages.length - 1
      ? { ...stage, estimate: { value: 0.026, low: 0.024, high: 0.028, byDay: 120 } }
      : stage,
  ),
});

/** A finished quarter. */
export const healthy: FunnelEnvelope = envelopeOf(answerOf(stages, { handoff, segments }), {
  maturity: { mature: true, horizonMs: 120 * DAY, basis: 'window', members: 18_400, followed: 18_400 },
});

/** A finished quarter of which much is noted. */
export const noted: FunnelEnvelope = {
  ...healthy,
  flags: ['definition-break'],
  warnings: [{ code: 'definition-break' }],
  annotation: [
    { at: '2026-01-06', kind: 'holiday', text: 'Epiphany; half of sales away' },
    { at: '2026-01-26', kind: 'campaign', text: 'Spring fair in Hall 4' },
    { at: '2026-02-10', kind: 'definition-break', text: 'An MQL now needs a role and a company' },
    { at: '2026-03-02', kind: 'decision', text: 'Sales answers A leads within the hour' },
    { at: '2026-03-03', kind: 'event', text: 'The web form was down for six hours' },
    { at: '2026-03-24', kind: 'event', text: 'A competitor lowered its prices' },
  ],
};

/** Not all have had their time; one step has clearly changed. */
export const maturing: FunnelEnvelope = envelopeOf(estimated(answerOf(compared, { handoff, segments, compare })), {
  flags: ['immature', 'imputed'],
  maturity: { mature: false, horizonMs: 120 * DAY, basis: 'window', members: 18_400, followed: 9568 },
  warnings: [
    { code: 'immature-cohort', params: { followed: 9568, members: 18_400, days: 120 } },
    { code: 'imputed-entries', params: { count: 212, of: 17_506 } },
  ],
});

/** A comparison in which no step has clearly changed. */
export const unchanged: FunnelEnvelope = envelopeOf(
  answerOf(
    stages.map((stage, i) => ({
      ...stage,
      before: [Math.round(stage.count * 0.9), Math.round((stages[i - 1]?.count ?? stage.count) * 0.9)] as const,
    })),
    { handoff, compare },
  ),
);

/** Fewer than ten, and fewer than thirty. */
export const small: FunnelEnvelope = envelopeOf(
  answerOf([
    { key: 'lead', label: 'Lead', owner: 'marketing', count: 19, left: [6, 3, 0, 2] },
    { key: 'mql', label: 'MQL', owner: 'both', count: 8, left: [2, 1, 0, 0] },
    { key: 'sal', label: 'SAL', owner: 'sales', count: 5, left: [2, 0, 0, 0] },
    { key: 'sql', label: 'SQL', owner: 'sales', count: 3, left: [2, 0, 0, 0] },
    { key: 'opportunity', label: 'Opportunity', owner: 'sales', count: 1, left: [1, 0, 0, 0] },
    { key: 'won', label: 'Won', owner: 'sales', count: 0 },
  ]),
  { flags: ['small-n'] },
);

/** The CRM export has no SAL. */
export const gap: FunnelEnvelope = envelopeOf(
  answerOf(
    stages.map((stage) =>
      stage.key === 'sal' ? { ...stage, count: 0, left: [0, 0, 0, 0] as const, missing: 'not-in-source' } : stage,
    ),
  ),
  { flags: ['partial'], warnings: [{ code: 'missing-stage', params: { stage: 'SAL' } }] },
);

const bare = (share: (stage: StageSample, i: number) => number | null): FunnelStage[] =>
  stages.map((stage, i) => {
    const value = share(stage, i);
    return {
      key: stage.key,
      label: stage.label ?? stage.key,
      ...(stage.owner === undefined ? {} : { owner: stage.owner }),
      count: stage.left?.[0] ?? stage.count,
      imputed: 0,
      ...(value === null ? {} : { share: { value } }),
    };
  });
const open = stages.map((stage) => stage.left?.[0] ?? stage.count);

/** Who stands where. */
export const snapshot: FunnelEnvelope = (() => {
  const total = open.reduce((sum, n) => sum + n, 0);
  const {
    period: _,
    windowMs: __,
    ...data
  } = answerOf(stages, { view: 'snapshot', stages: bare((___, i) => (open[i] ?? 0) / total) });
  return envelopeOf(
    { ...data, side: [{ key: 'lost', label: 'Lost', count: 459 }] },
    {
      flags: ['undated'],
      warnings: [{ code: 'undated-records', params: { count: 37 } }],
    },
  );
})();

/** Flows of a quarter. */
export const activity: FunnelEnvelope = envelopeOf(
  answerOf(stages, {
    view: 'activity',
    skipPolicy: 'open',
    stages: bare((_, i) => (i === 0 ? null : (open[i] ?? 0) / (open[i - 1] ?? 1))),
  }),
  { warnings: [{ code: 'flow-ratio' }] },
);

/** Money in place of people. */
export const value: FunnelEnvelope = (() => {
  const data = answerOf(stages, { measure: 'value' });
  const money = [0, 0, 0, 3_890_000_00, 1_720_500_00, 642_100_00];
  return envelopeOf({
    ...data,
    stages: data.stages.map((stage, i) => ({
      ...stage,
      value: i < 3 ? { value: null, reason: 'no-value' as const } : { value: money[i] ?? 0, currency: 'EUR' },
    })),
  });
})();

/** Money of which a part has no rate into the currency asked for. */
export const mixedCurrency: FunnelEnvelope = {
  ...value,
  flags: ['mixed-currency'],
  warnings: [{ code: 'mixed-currency' }],
  ...(value.data && {
    data: {
      ...value.data,
      stages: value.data.stages.map((stage, i) =>
        i === 4 ? { ...stage, value: { value: null, reason: 'mixed-currency' as const } } : stage,
      ),
    },
  }),
};

/** A segment nobody is in. */
export const nothingMatches: FunnelEnvelope = envelopeOf(
  answerOf(
    stages.map(({ key, label = key, owner = 'sales' }) => ({ key, label, owner, count: 0 })),
    { segment: { id: 'enterprise', label: 'Enterprise' }, segments },
  ),
  { status: 'empty', code: 'nothing-matches' },
);

/** Twelve stages. */
export const long: FunnelEnvelope = envelopeOf(
  answerOf(
    Array.from({ length: 12 }, (_, i) => {
      const count = Math.round(24_000 * 0.62 ** i);
      const next = i === 11 ? count : Math.round(24_000 * 0.62 ** (i + 1));
      const rest = count - next;
      const [openNow, recycled] = [Math.round(rest * 0.3), Math.round(rest * 0.4)];
      return {
        key: `stage-${i}`,
        label: `Stage ${i + 1}`,
        owner: i < 4 ? 'marketing' : i < 5 ? 'both' : i < 10 ? 'sales' : 'customer-success',
        count,
        left: [openNow, recycled, rest - openNow - recycled, 0],
        time: (i + 1) * DAY,
      } satisfies StageSample;
    }),
    { label: 'The whole journey' },
  ),
);

/** Names as a CRM may hold them: text, whatever they look like. */
export const hostile: FunnelEnvelope = envelopeOf(
  answerOf(
    [
      { key: 'a', label: '<img src=x onerror="window.pwned=1">', owner: 'marketing', count: 120, left: [20, 10, 5, 5] },
      { key: 'b', label: '"><script>window.pwned=1</script>', owner: 'sales', count: 80, left: [40, 0, 10, 0] },
      { key: 'c', label: '=HYPERLINK("https://evil.example","x")', owner: 'sales', count: 30 },
    ],
    { label: '${alert(1)} {{constructor}} \u202Eevil' },
  ),
);
