import type { DifferenceAnswer } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { envelopeText } from './envelope.ts';

const textOf = (data: DifferenceAnswer): string =>
  envelopeText({ v: 1, status: 'ok', flags: [], data, warnings: [] }, 'UTC');

test('why two numbers differ: each setting, what is left, and who comes and goes', () => {
  const side = { label: 'MQL', flags: [] };
  const answer = {
    kind: 'difference' as const,
    label: 'Lead to won',
    timeZone: 'UTC',
    unit: 'count' as const,
    a: { ...side, value: 1206, answered: 1206 },
    b: { ...side, value: 1199, answered: 1204 },
    difference: -7,
    items: [
      {
        causes: ['anchor' as const],
        from: ['lead'],
        to: ['mql'],
        amount: 3,
        after: 1209,
        added: { total: 4, ids: ['p1', 'p\u001b[31m2'] },
        removed: { total: 1, ids: ['p3'] },
      },
      {
        causes: ['skip-policy' as const, 'window' as const],
        from: ['impute', null],
        to: ['strict', '90 d'],
        amount: -5,
        after: 1204,
      },
    ],
    unexplained: -5,
    asked: 4,
  };
  expect(textOf(answer)).toMatchInlineSnapshot(`
    "Lead to won
    MQL 1,206, MQL 1,199: difference −7

    Setting                         From          To            Adds   Then
    Stage of entry                  lead          mql             +3  1,209
    Skipped stages + Time followed  impute, none  strict, 90 d    −5  1,204
    Unexplained                                                   −5  1,199

    Stage of entry +: p1, p2 and 2 more

    Stage of entry −: p3
    "
  `);
  const alike = { ...answer, b: answer.a, difference: 0, items: [], unexplained: 0 };
  expect(textOf(alike)).toContain('MQL 1,206, MQL 1,206: difference 0\n\nBoth are counted alike.');
  expect(textOf({ ...alike, unit: 'minor', currency: 'EUR', difference: 125_050 })).toContain('difference +€1,250.50');
});
