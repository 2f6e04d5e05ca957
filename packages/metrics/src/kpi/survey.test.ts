import { expect, test } from 'vitest';
import survey from '../testing/fixtures/survey-vectors.json' with { type: 'json' };
import { ALIGNMENT_WEIGHTS, alignmentBand, perceptionGap } from './index.ts';

/** Source: the project's survey: items, bands and the fewest respondents of a team. */
test('bands, dimensions and the fewest respondents are those of the survey', () => {
  for (const [low, high, band] of survey.bands) {
    expect([alignmentBand(Number(low)), alignmentBand(Number(high) - 0.01)]).toEqual([band, band]);
  }
  expect(alignmentBand(100)).toBe('integrated');
  const dimensions = new Set<string>(survey.items.map(({ indexDimension }) => indexDimension));
  // Perception is the gap itself, not a topic of the survey.
  expect(Object.keys(ALIGNMENT_WEIGHTS).filter((key) => !dimensions.has(key))).toEqual(['perception']);
  const gap = (respondents: number): unknown =>
    perceptionGap.evaluate({
      marketing: [4],
      sales: [2],
      marketingRespondents: respondents,
      salesRespondents: survey.minRespondentsPerTeam,
    }).result.value;
  expect([gap(survey.minRespondentsPerTeam), gap(survey.minRespondentsPerTeam - 1)]).toEqual([2, null]);
});
