import { expect, test } from 'vitest';
import { Counts } from '../internal/counts.ts';
import { glossary as english } from '../locale/en/glossary.ts';
import { glossary } from '../testing/glossary-desk.ts';
import { impactText } from './impact.ts';

test('an effect on nobody is no finding', () => {
  const [term] = glossary.terms;
  if (term === undefined) throw new Error('no term');
  const impact = (before: number) => ({
    before: { version: '1.0.0', hash: 'a' },
    after: { version: '2.0.0', hash: 'b' },
    asOf: '2026-07-01T00:00:00Z',
    records: 9,
    members: { before, after: before, kept: before, gained: 0, lost: 0 },
    rates: [],
  });
  const said = (before: number) => impactText(impact(before), term, new Counts('en', 'UTC', english), english);
  expect(said(0)).toBe('No record of the last two quarters shows what this changes.');
  expect(said(2)).toBe('All 2 leads of the last two quarters would stay as they are.');
});
