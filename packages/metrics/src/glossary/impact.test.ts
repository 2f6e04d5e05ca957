import { expect, test } from 'vitest';
import type { Criteria, Scalar, TermDefinition } from '../contracts/index.ts';
import { impactText, labelIntegrity, labelVerdict, lastTwoQuarters, previewImpact } from './index.ts';

const term = (version: string, criteria?: Criteria): TermDefinition => ({
  kind: 'term',
  id: 'mql',
  version,
  term: 'MQL',
  owners: ['both'],
  definition: 'A lead worth a call.',
  of: 'person',
  ...(criteria === undefined ? {} : { criteria }),
});
const asOf = Date.parse('2026-08-15T00:00:00Z');
const size = { field: 'attributes.size', gte: 10 };
const older = term('1.0.0', size);
const newer = term('2.0.0', { all: [size, { field: 'attributes.size', gte: 50 }] });
const share = {
  id: 'SAL to won',
  of: { field: 'reached.sal', present: true },
  to: { field: 'reached.won', present: true },
};

/** 1,040 of which 212 are small; 50 came too early to count. */
function world(): Record<string, Scalar>[] {
  const made = Array.from({ length: 1040 }, (_, i) => ({
    'attributes.size': i < 212 ? 20 : 80,
    'reached.mql': i % 2 === 0 ? '2026-01-01' : '2026-06-30T21:59:59Z',
    'reached.sal': i % 2 === 0 ? '2026-05-01' : null,
    'reached.won': i % 2 === 0 && i >= 212 && i % 8 === 0 ? '2026-06-01' : null,
  }));
  const early = Array.from({ length: 50 }, () => ({ 'attributes.size': 20, 'reached.mql': '2025-12-31' }));
  const late = [{ 'attributes.size': 20, 'reached.mql': '2026-06-30T22:00:00Z' }];
  return [...made, ...early, ...late];
}
const rows = world();
const ask = (before: TermDefinition, after: TermDefinition) =>
  previewImpact({
    before,
    after,
    size: rows.length,
    read: (field) => (i) => rows[i]?.[field],
    asOf,
    timeZone: 'Europe/Berlin',
    entered: 'reached.mql',
    rates: [share],
  });

test('the last two quarters say who would drop out and how the rate would read', () => {
  const { impact, lost, gained } = ask(older, newer);
  expect(impact).toMatchObject({
    period: { from: '2026-01-01', to: '2026-07-01' },
    records: 1040,
    members: { before: 1040, after: 828, kept: 828, gained: 0, lost: 212 },
    rates: [{ before: { k: 103, n: 520 }, after: { k: 103, n: 414 } }],
  });
  expect([lost.length, lost.at(-1), gained]).toEqual([212, 211, []]);
  expect(impactText(impact)).toEqual(['212 of 1,040 would not qualify.', 'SAL to won: 19.8% → 24.9%.']);
});

test('the other way round they would come in', () => {
  const { impact, gained } = ask(newer, older);
  expect(gained).toHaveLength(212);
  expect(impactText(impact).slice(0, 2)).toEqual(['0 of 828 would not qualify.', '212 more records would qualify.']);
});

test('without criteria on either side, or without records, there is no preview but a reason', () => {
  expect(ask(term('1.0.0'), term('2.0.0')).impact).toEqual({ value: null, reason: 'insufficient-data' });
  const empty = { size: 0, read: () => () => null, asOf, timeZone: 'UTC' };
  expect(previewImpact({ before: older, after: newer, ...empty }).impact).toEqual({
    value: null,
    reason: 'insufficient-data',
  });
});

test('a version without criteria leaves it to the label', () => {
  expect(ask(term('1.0.0'), newer).impact).toMatchObject({ members: { before: 1040, lost: 212 } });
});

test.for<[string, string, string, string]>([
  ['2026-01-01T00:00:00Z', 'UTC', '2025-07-01', '2026-01-01'],
  ['2026-01-01T00:00:00Z', 'America/New_York', '2025-04-01', '2025-10-01'],
  ['2026-05-31T00:00:00Z', 'UTC', '2025-10-01', '2026-04-01'],
])('two quarters before %s in %s', ([at, timeZone, from, to]) => {
  expect(lastTwoQuarters(Date.parse(at), timeZone)).toMatchObject({ from, to });
});

const context = { asOf, timeZone: 'UTC' };
const labelled = term('1.0.0', {
  all: [
    {
      any: [
        { field: 'attributes.email', present: true },
        { field: 'attributes.rating', eq: 'A' },
      ],
    },
    { field: 'attributes.seen', within: { days: 30 } },
    { not: { field: 'attributes.consent', eq: 'denied' } },
  ],
});
const good = { email: 'x', seen: '2026-08-01' };

test.for<[string, Record<string, Scalar>]>([
  ['supported', good],
  ['stale', { ...good, seen: '2026-01-01' }],
  ['unsupported', { email: 'x' }],
  // A missing address would do as well as the rating that is there and wrong.
  ['unsupported', { seen: '2026-08-01', rating: 'D' }],
  ['contradictory', { ...good, consent: 'denied' }],
  ['contradictory', { consent: 'denied', seen: '2026-01-01' }],
])('a label is %s', ([verdict, row]) => {
  expect(labelVerdict(labelled, (field) => row[field.slice('attributes.'.length)], context)).toBe(verdict);
});

test.for<[string, Criteria, Record<string, Scalar>]>([
  // One of two would do: the missing address is the nearer one.
  [
    'unsupported',
    {
      not: {
        all: [
          { field: 'attributes.email', present: false },
          { field: 'attributes.a', eq: 1 },
        ],
      },
    },
    { a: 1 },
  ],
  // Both have to change: the worse one decides.
  [
    'contradictory',
    {
      not: {
        any: [
          { field: 'attributes.email', present: false },
          { field: 'attributes.a', eq: 1 },
        ],
      },
    },
    { a: 1 },
  ],
])('a label that must not fit is %s', ([verdict, criteria, row]) => {
  const read = (field: string) => row[field.slice('attributes.'.length)];
  expect(labelVerdict(term('1.0.0', criteria), read, context)).toBe(verdict);
});

test('the integrity of a stage adds up', () => {
  const rows: Record<string, Scalar>[] = [good, { ...good, seen: '2020-01-01' }, {}, { ...good, consent: 'denied' }];
  const integrity = labelIntegrity(
    labelled,
    { size: 4, read: (field) => (i) => rows[i]?.[field.slice('attributes.'.length)], labelled: (i) => i !== 2 },
    context,
  );
  expect(integrity).toEqual({
    labelled: 3,
    counts: { supported: 1, stale: 1, unsupported: 0, contradictory: 1 },
    doubtful: [
      { record: 1, verdict: 'stale' },
      { record: 3, verdict: 'contradictory' },
    ],
  });
});
