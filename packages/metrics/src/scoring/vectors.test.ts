import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import fixture from '../testing/fixtures/scoring-vectors.json' with { type: 'json' };
import { DAY_MS } from '../time/index.ts';
import { scoreLead, scoreText, type Lead, type ScoringModel } from './index.ts';

const vectors = z
  .object({
    fit: z.object({
      criteria: z.array(
        z.object({ name: z.string(), value: z.union([z.string(), z.number()]), points: z.number(), max: z.number() }),
      ),
      score: z.number(),
      grade: z.string(),
    }),
    engagement: z.object({
      signals: z.array(
        z.object({
          signal: z.string(),
          points: z.number(),
          ageDays: z.number(),
          halfLifeDays: z.nullable(z.number()),
          contribution: z.number(),
        }),
      ),
      score: z.number(),
      level: z.number(),
    }),
    rating: z.string(),
  })
  .parse(fixture);

const keyOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '-');
const asOf = '2026-07-01T12:00:00Z';

const model: ScoringModel = {
  kind: 'score',
  id: 'vector',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  fit: {
    criteria: vectors.fit.criteria.map(({ name, value, points, max }) => ({
      key: keyOf(name),
      max,
      rules: [{ points, when: { field: `attributes.${name}`, eq: value } }],
    })),
  },
  engagement: {
    signals: vectors.engagement.signals.map(({ signal, points, halfLifeDays }) => ({
      key: keyOf(signal),
      points,
      halfLife: halfLifeDays === null ? 'none' : { days: halfLifeDays },
    })),
  },
};

const lead: Lead = {
  id: 'L1',
  person: { attributes: Object.fromEntries(vectors.fit.criteria.map(({ name, value }) => [name, value])) },
  activities: vectors.engagement.signals.map(({ signal, ageDays }) => ({
    name: keyOf(signal),
    at: new Date(Date.parse(asOf) - ageDays * DAY_MS).toISOString(),
  })),
};

describe('the lead of the vectors', () => {
  const score = scoreLead(model, lead, { asOf });

  test.each(vectors.fit.criteria)('fit: $name', ({ name, points, max }) => {
    const line = score.fit.contributions.find(({ key }) => key === keyOf(name));
    expect(line).toMatchObject({ kind: 'criterion', points, of: max });
  });

  test.each(vectors.engagement.signals)('engagement: $signal', ({ signal, contribution }) => {
    const line = score.engagement.contributions.find(({ key }) => key === keyOf(signal));
    expect(line?.points).toBeCloseTo(contribution, 6);
  });

  test('both scores and the rating', () => {
    expect(score.fit).toMatchObject({ score: vectors.fit.score, coverage: 1, unknown: [] });
    expect(score.engagement.score).toBeCloseTo(vectors.engagement.score, 6);
    expect(score).toMatchObject({ grade: vectors.fit.grade, level: vectors.engagement.level, rating: vectors.rating });
    expect(score.action).toBe('handoff');
  });

  test('nine points of clicks are what four clicks of three points leave under a limit of nine', () => {
    const clicks = scoreLead(
      {
        ...model,
        engagement: {
          signals: [
            { key: 'click', points: 3, cap: 9, halfLife: { days: 14 } },
            { key: 'demo', points: 40 },
          ],
        },
        bands: { grade: { A: 75, B: 50, C: 25 }, level: { 1: 49, 2: 30, 3: 10 } },
      },
      { id: 'L2', activities: Array.from({ length: 4 }, () => ({ name: 'click', at: '2026-06-21T12:00:00Z' })) },
      { asOf },
    );
    expect(clicks.engagement.score).toBeCloseTo(5.485561, 6);
  });

  test('its words add up as shown', () => {
    expect(scoreText(score, [], { decimals: 4 })).toEqual([
      'A2: fit 85 (100% known), engagement 57.6072, model vector 1.0.0',
      'Companysize: 350 +20 of 20',
      'Industry: target +20 of 20',
      'Role: VP +20 of 25',
      'Budget: confirmed +15 of 20',
      'Geography: primary +10 of 15',
      'Demorequest 1 day ago +39.0864 of 40',
      'Pricingpageview 2 days ago +13.5858 of 15',
      'Unsubscribe -10',
      'Webinarattended 20 days ago +9.4494 of 15',
      'Emailclicks-capped-9- 10 days ago +5.4856 of 9',
    ]);
  });
});
