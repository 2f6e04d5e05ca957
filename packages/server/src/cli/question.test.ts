import { expect, test } from 'vitest';
import { UsageError } from './failure.ts';
import { funnelQuestion, jsonQuestion, measureQuestion } from './question.ts';

test('flags become the question they name', () => {
  expect(funnelQuestion('lead-to-won', {})).toEqual({ kind: 'funnel', funnel: 'lead-to-won' });
  expect(
    funnelQuestion('lead-to-won@3.2.0', {
      period: '2026-Q3',
      view: 'cohort',
      compare: 'previous',
      segment: 'region-dach',
      anchor: 'mql',
      window: '120d',
      skipPolicy: 'strict',
      entryPolicy: 'every',
      unit: 'cycle',
      value: true,
      filter: '{"field":"owner","eq":"Ada"}',
      asOf: '2026-10-01',
      timeZone: 'Europe/Berlin',
    }),
  ).toEqual({
    kind: 'funnel',
    funnel: 'lead-to-won@3.2.0',
    period: '2026-Q3',
    view: 'cohort',
    compare: 'previous',
    segment: 'region-dach',
    anchor: 'mql',
    window: { days: 120 },
    skipPolicy: 'strict',
    entryPolicy: 'every',
    unit: 'cycle',
    measure: 'value',
    filter: { field: 'owner', eq: 'Ada' },
    asOf: '2026-10-01',
    timeZone: 'Europe/Berlin',
  });
});

test.each([
  ['2025-Q4', { period: '2025-Q4' }],
  ['previous-year', 'previous-year'],
  ['segment:dach', { segment: 'dach' }],
])('--compare %s', (text, compare) => {
  expect(funnelQuestion('f', { compare: text })).toMatchObject({ compare });
});

test.each([
  ['48h', { hours: 48 }],
  ['30 minutes', { minutes: 30 }],
  ['1.5d', { days: 1.5 }],
  ['none', 'none'],
])('--window %s', (text, window) => {
  expect(funnelQuestion('f', { window: text })).toMatchObject({ window });
});

test('a measure is a name or JSON', () => {
  expect(measureQuestion('win-rate', {})).toEqual({ kind: 'measure', measure: 'win-rate' });
  expect(measureQuestion('{"of":"person","aggregates":["count"]}', {})).toMatchObject({ measure: { of: 'person' } });
  expect(jsonQuestion('{"kind":"measure","measure":"win-rate"}')).toEqual({ kind: 'measure', measure: 'win-rate' });
});

test.each([
  [() => funnelQuestion('Lead to won', {}), /funnel: a definition is named/],
  [() => funnelQuestion('f', { window: 'a while' }), /--window: a while is no time/],
  [() => funnelQuestion('f', { filter: '{' }), /--filter is not JSON/],
  [() => funnelQuestion('f', { filter: '{"field":"shoe","eq":1}' }), /filter\.field: a field is/],
  [() => funnelQuestion('f', { asOf: 'yesterday' }), /asOf/],
  [() => jsonQuestion('{"kind":"forecast"}'), /kind/],
  [() => measureQuestion('{"of":"shoe"}', {}), /measure\.of/],
])('wrong usage names what is wrong (%#)', (ask, message) => {
  expect(ask).toThrow(UsageError);
  expect(ask).toThrow(message);
});
