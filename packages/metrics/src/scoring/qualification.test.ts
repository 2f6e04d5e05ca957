import { expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { BANT, completeness, MEDDIC, MEDDPICC } from './index.ts';

test('a claim is not a confirmation, and what nobody asked is unknown', () => {
  const findings = {
    need: { certainty: 'confirmed' as const, evidence: 'Workshop on 3 March' },
    budget: { certainty: 'claimed' as const },
    timing: { certainty: 'unknown' as const },
  };
  expect(completeness(BANT, findings)).toEqual({
    confirmed: 1,
    claimed: 1,
    unknown: 2,
    share: 0.25,
    open: ['budget', 'authority', 'timing'],
  });
});

test('MEDDPICC asks all that MEDDIC does, and two things more', () => {
  const keys = (method: typeof MEDDIC): string[] => method.points.map(({ key }) => key);
  const more = keys(MEDDPICC).filter((key) => !keys(MEDDIC).includes(key));
  expect(more).toEqual(['paper-process', 'competition']);
  expect(keys(MEDDPICC).length).toBe(keys(MEDDIC).length + 2);
});

test('a finding on something else is refused', () => {
  expect(refusal(() => completeness(BANT, { champion: { certainty: 'claimed' } }))).toEqual({
    field: 'findings.champion',
    reason: 'is no point of BANT',
    remedy: 'use one of budget, authority, need, timing',
  });
});
