import type { KpiEnvelope } from '@sama/metrics/contracts';
import { answerOf, envelopeOf, type KpiSample, samples } from './kpi-samples.ts';

/** What both teams keep an eye on beside it. */
const deals: readonly KpiSample[] = [
  {
    id: 'cycle',
    label: 'Sales cycle',
    kpi: 'salesCycle',
    unit: 'days',
    owners: ['sales'],
    aspect: 'speed',
    additivity: 'quantile',
    direction: 'down',
    section: 'Deals',
    now: 43.5,
    before: 46,
    target: 45,
  },
  {
    id: 'nrr',
    label: 'Net revenue retention',
    unit: 'share',
    owners: ['customer-success'],
    aspect: 'value',
    section: 'Deals',
    now: { result: { value: null, reason: 'missing-input' }, flags: [], also: [] },
  },
  {
    id: 'roles',
    label: 'Buying roles known',
    unit: 'ratio',
    owners: ['operations'],
    aspect: 'quality',
    section: 'Deals',
    direction: 'band',
    now: 4.2,
    target: { low: 4, high: 6 },
    proposed: true,
  },
];
export const sections = envelopeOf(answerOf([...samples, ...deals]));

/** Few things behind each number. */
export const small = envelopeOf(
  answerOf([
    {
      id: 'won',
      label: 'Won of those closed',
      unit: 'share',
      owners: ['sales'],
      aspect: 'win-rate',
      now: [6, 7],
      before: [2, 9],
      target: 0.5,
    },
    {
      id: 'meetings',
      label: 'Meetings held',
      unit: 'share',
      owners: ['sales'],
      aspect: 'quality',
      now: [15, 29],
      before: [12, 40],
    },
    { id: 'none', label: 'Returned', unit: 'share', owners: ['marketing'], aspect: 'quality', now: [0, 0] },
  ]),
);

/** Text that would do harm if it were anything but text. */
export const hostile = envelopeOf(
  answerOf(
    samples.slice(1, 4).map((sample, i) => ({
      ...sample,
      label:
        ['<img src=x onerror="window.pwned=1">', '=HYPERLINK("https://example.com")\u202e', 'a'.repeat(300)][i] ??
        sample.label,
    })),
    { segment: { id: 'x', label: '</b><script>window.pwned=1</script>' } },
  ),
);

/** With segments to choose from, as a server answers. */
export const choices = envelopeOf(
  answerOf(samples, {
    segments: [
      { id: 'emea', label: 'EMEA' },
      { id: 'americas', label: 'Americas' },
    ],
  }),
);

const bare = ({ target: _, promisedBy: __, ...rest }: KpiSample): KpiSample => rest;
export const withoutTargets = envelopeOf(answerOf(samples.map(bare)));

/** The same quarter seen after its end. */
export const over = envelopeOf(
  answerOf(
    samples.map((sample) => (sample.id === 'pipeline' ? { ...sample, now: 830_000_000 } : sample)),
    {},
    '2026-07-05T04:00:00Z',
  ),
  { asOf: '2026-07-05T04:00:00Z' },
);

type Reason = 'missing-input' | 'missing-stage' | 'mixed-currency' | 'suppressed';
const FLAGS = { 'mixed-currency': 'mixed-currency', suppressed: 'suppressed' } as const;

/** Some of the KPIs have no value, for these reasons. */
function without(reasons: Readonly<Record<string, Reason>>): KpiEnvelope {
  const kpis = samples.map((sample): KpiSample => {
    const reason = reasons[sample.id];
    if (reason === undefined) return sample;
    const flag = reason === 'missing-input' || reason === 'missing-stage' ? 'partial' : FLAGS[reason];
    return { ...sample, now: { result: { value: null, reason }, flags: [flag], also: [] }, trend: [null, null] };
  });
  const mixed = Object.values(reasons).includes('mixed-currency');
  return envelopeOf(answerOf(kpis), { warnings: mixed ? [{ code: 'mixed-currency' }] : [] });
}
export const partial = without({ cac: 'missing-input', acceptance: 'missing-stage' });
export const mixedCurrency = without({ pipeline: 'mixed-currency' });
export const suppressed = without({ 'first-response': 'suppressed' });

/** One KPI of each unit. */
export const units = envelopeOf(
  answerOf(
    (
      [
        ['count', 1204],
        ['number', 3.25],
        ['share', 0.305],
        ['difference', 0.042],
        ['ratio', 3.2],
        ['currency/day', 166_700],
        ['minutes', 190],
        ['days', 43.5],
        ['months', 14.25],
        ['points', 0.8],
        ['index', 65.28],
      ] as const
    ).map(([unit, now]) => ({
      id: unit.replace('/', '-'),
      label: `A ${unit}`,
      unit,
      owners: ['both'],
      aspect: 'quality',
      now,
    })),
  ),
);
