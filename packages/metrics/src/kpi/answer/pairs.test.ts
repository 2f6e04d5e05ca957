import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KpiTile } from '../../contracts/index.ts';
import { aspectOf, pairsOf } from './pairs.ts';

const tile = (id: string, more: Partial<KpiTile> = {}): KpiTile => ({
  id,
  label: id,
  definition: { id, version: '1.0.0', hash: id },
  unit: 'share',
  direction: 'up',
  additivity: 'ratio',
  owners: ['both'],
  aspect: 'quality',
  revenuePath: ['revenue'],
  inPeriod: true,
  value: { result: { value: 0 }, flags: [], also: [] },
  inputs: [],
  ...more,
});

test('a KPI stands with its guardrail, by id or by its key in the catalogue, whichever was asked first', () => {
  const mqls = tile('mqls', { guardrail: 'acceptanceRate', aspect: 'volume' });
  const acceptance = tile('our-acceptance', { kpi: 'acceptanceRate', guardrail: 'leadVolume' });
  expect(pairsOf([mqls, acceptance])).toEqual([{ kpi: 'mqls', beside: 'our-acceptance' }]);
  expect(pairsOf([acceptance, mqls])).toEqual([{ kpi: 'mqls', beside: 'our-acceptance' }]);
  expect(pairsOf([tile('a', { guardrail: 'b@2.0.0' }), tile('b')])).toEqual([{ kpi: 'a', beside: 'b' }]);
  expect(pairsOf([mqls])).toEqual([]);
});

test('no KPI is in two pairs, and each pair is of a KPI and its guardrail', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const guards = fc.array(fc.constantFrom(...ids, undefined), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(guards, (all) => {
      const tiles = ids.map((id, i) => tile(id, all[i] === undefined ? {} : { guardrail: all[i] }));
      const pairs = pairsOf(tiles);
      const inPairs = pairs.flatMap(({ kpi, beside }) => [kpi, beside]);
      expect(new Set(inPairs).size).toBe(inPairs.length);
      const guardOf = (id: string): string | undefined => tiles.find((one) => one.id === id)?.guardrail;
      for (const { kpi, beside } of pairs)
        expect([guardOf(kpi), guardOf(beside)]).toContain(guardOf(kpi) === beside ? beside : kpi);
    }),
  );
});

test.each([
  [{ kpi: 'cac', unit: 'currency', additivity: 'ratio' }, 'cost'],
  [{ kpi: 'costPerMql', unit: 'currency', additivity: 'ratio' }, 'cost'],
  [{ kpi: 'winRate.value', unit: 'share', additivity: 'ratio' }, 'win-rate'],
  [{ unit: 'days', additivity: 'quantile' }, 'speed'],
  [{ unit: 'currency', additivity: 'sum' }, 'volume'],
  [{ unit: 'currency', additivity: 'quantile' }, 'value'],
  [{ unit: 'share', additivity: 'ratio' }, 'quality'],
] as const)('%o looks at %s', (facts, aspect) => {
  expect(aspectOf(facts)).toBe(aspect);
});
