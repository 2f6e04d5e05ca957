import type { Envelope } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { FUNNEL_ANSWER, funnelEnvelope } from '../../testing/engine.ts';
import { envelopeText } from './envelope.ts';
import { amount, change, duration, interval, moment, rate } from './numbers.ts';
import { plain, tableLines } from './table.ts';

test('a funnel reads as a table with its intervals, notes and definition', () => {
  expect(envelopeText(funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' }), 'UTC')).toMatchInlineSnapshot(`
    "Lead to won
    Those who entered Lead at any time, followed without end · skip policy impute, entry policy first

    Stage  People  Before  Inferred  Step rate  95 % interval  Change                     Of all  Median time
    Lead   18,400                                                                        100.0 %          6 d
    MQL     7,312   7,000       212     39.7 %    39.0–40.4 %  ▼ 4.6 pts (−7.0 to −2.1)   39.7 %

    Outcome  Advanced   Open  Recycled  Lost  Disqualified
    Lead        7,312  3,086     4,980     0         3,022
    MQL         7,312      0         0     0             0

    Notes
      212 entries are inferred from a later stage.

    Still maturing
    As of 2026-06-16 06:00 UTC · engine test
    Definition lead-to-won 1.0.0, agreed by marketing, sales · hash aaaaaaaaaaaa
    "
  `);
});

test('a hand-off, side stages, an estimate and a missing stage are told', () => {
  const [lead, mql] = FUNNEL_ANSWER.stages;
  if (lead === undefined || mql === undefined) throw new Error('the fixture has two stages');
  const envelope: Envelope = {
    ...funnelEnvelope({ asOf: '2026-06-16' }),
    data: {
      ...FUNNEL_ANSWER,
      period: { text: '2026-Q1', from: '2026-01-01', to: '2026-04-01' },
      windowMs: 120 * 86_400_000,
      segment: { id: 'dach', label: 'DACH' },
      compare: {
        period: { text: '2025-Q4', from: '2025-10-01', to: '2026-01-01' },
        asOf: '2026-01-15T06:00:00Z',
        entrants: 7000,
      },
      stages: [
        lead,
        { ...mql, estimate: { value: 0.026, low: 0.024, high: 0.028, byDay: 120 } },
        { key: 'sal', label: 'SAL', count: 0, imputed: 0, missing: 'not recorded' },
      ],
      side: [{ key: 'lost', label: 'Lost', count: 12 }],
      handoff: {
        from: 'mql',
        to: 'sal',
        withinMs: 4 * 3_600_000,
        inTime: { value: 0.918, low: 0.91, high: 0.92, k: 918, n: 1000 },
        median: { value: 11_100_000 },
      },
    },
  };
  expect(envelopeText(envelope, 'UTC')).toMatchInlineSnapshot(`
    "Lead to won
    Those who entered Lead in 2026-Q1 (2026-01-01 to before 2026-04-01), followed for 120 d · segment DACH · skip policy impute, entry policy first · compared with 2025-Q4 as it stood on 2026-01-15

    Stage  People  Before  Inferred  Step rate  95 % interval  Change                     Of all  Median time          Expected
    Lead   18,400                                                                        100.0 %          6 d
    MQL     7,312   7,000       212     39.7 %    39.0–40.4 %  ▼ 4.6 pts (−7.0 to −2.1)   39.7 %               2.6 % by day 120
    SAL         –

    Outcome  Advanced   Open  Recycled  Lost  Disqualified
    Lead        7,312  3,086     4,980     0         3,022
    MQL         7,312      0         0     0             0

    Hand-off MQL to SAL: 91.8 % decided within 4 h, median 3.1 h

    Off the line: Lost 12

    Notes
      212 entries are inferred from a later stage.

    Still maturing
    As of 2026-06-16 · engine test
    Definition lead-to-won 1.0.0, agreed by marketing, sales · hash aaaaaaaaaaaa
    "
  `);
});

test('a measure reads as its aggregates and groups, in its unit', () => {
  const envelope: Envelope = {
    v: 1,
    status: 'ok',
    flags: ['demo'],
    warnings: [],
    data: {
      kind: 'measure',
      label: 'Won value',
      unit: 'minor',
      currency: 'EUR',
      values: [
        { name: 'count', result: { value: 391 } },
        { name: 'median', result: { value: 1_250_050 } },
        { name: 'p90', result: { value: null, reason: 'insufficient-data' } },
      ],
      groups: [
        { key: 'DE\u001B[31m', count: 12_000 },
        { key: null, count: 3 },
      ],
    },
  };
  expect(envelopeText(envelope, 'UTC')).toMatchInlineSnapshot(`
    "Won value

    Aggregate            Value
    count                  391
    median          €12,500.50
    p90        not enough data

    Group    Count
    DE      12,000
    (none)       3

    Demonstration data
    "
  `);
});

test('few are told as counts, and a change only when it is clear', () => {
  expect(rate({ value: 6 / 7, low: 0.4, high: 0.97, k: 6, n: 7 })).toBe('6 of 7');
  expect(interval({ value: 6 / 7, low: 0.4, high: 0.97, k: 6, n: 7 })).toBe('');
  expect(rate({ value: null, reason: 'zero-denominator' })).toBe('nobody to divide by');
  expect(change({ difference: 0.01, low: -0.01, high: 0.03, verdict: 'no-clear-change' })).toBe('no clear change');
  expect(change({ difference: 0.05, low: 0.01, high: 0.09, verdict: 'up' })).toBe('▲ 5.0 pts (+1.0 to +9.0)');
});

test.each([
  [35 * 60_000, '35 min'],
  [10 * 3_600_000, '10 h'],
  [3.5 * 3_600_000, '3.5 h'],
  [41 * 86_400_000, '41 d'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('money has the decimals of its currency, a moment its zone', () => {
  expect([amount(1234, 'EUR'), amount(1234, 'JPY'), amount(1234, 'KWD')]).toEqual([
    '€12.34',
    '¥1,234',
    'KWD\u00A01.234',
  ]);
  expect(moment('2026-06-16T22:30:00Z', 'Europe/Berlin')).toBe('2026-06-17 00:30 Europe/Berlin');
  expect(moment('2026-06-16', 'Europe/Berlin')).toBe('2026-06-16');
});

test('text from elsewhere cannot command the terminal or break a line', () => {
  expect(plain('\u001B]0;owned\u0007 A\u001B[2J\nB\u202E\u0000')).toBe('A B');
});

test('wide characters keep columns straight', () => {
  const lines = tableLines(
    [
      { head: 'Stage', align: 'start' },
      { head: 'n', align: 'end' },
    ],
    [
      ['見込み客', '1'],
      ['Lead', '20'],
    ],
  );
  expect(lines).toEqual(['Stage      n', '見込み客   1', 'Lead      20']);
});
