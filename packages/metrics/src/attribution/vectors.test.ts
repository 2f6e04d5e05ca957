import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import fixture from '../testing/fixtures/attribution-vectors.json' with { type: 'json' };
import { apportion, markov, PathCount, RuleModel, ruleParts, shapley, weights } from './index.ts';

const DAY_MS = 86_400_000;
const Index = z.optional(z.nullable(z.number()));
const Anchors = z.object({ leadCreation: Index, opportunityCreation: Index, closedWon: Index });
const Params = z.object({
  anchors: z.optional(Anchors),
  middleScope: z.optional(z.string()),
  halfLifeDays: z.optional(z.number()),
});
const Touches = z.array(z.object({ channel: z.string(), daysBefore: z.number() }));
const Credits = z.record(z.string(), z.number());
const vectors = z
  .object({
    V1_six_touch_b2b_deal: z.object({
      value: z.number(),
      touches: Touches,
      anchors: Anchors,
      cases: z.array(
        z.object({ model: z.string(), params: Params, weights: z.array(z.number()), value: z.array(z.number()) }),
      ),
    }),
    V2_time_decay_clean: z.object({
      value: z.number(),
      touches: Touches,
      halfLifeDays: z.number(),
      weights: z.array(z.number()),
      value_credit: z.array(z.number()),
    }),
    V4_edge_cases: z.array(
      z.object({
        name: z.string(),
        touches: z.array(z.string()),
        model: z.string(),
        params: Params,
        weights: z.array(z.number()),
      }),
    ),
    data_driven: z.array(
      z.object({
        name: z.string(),
        journeys: z.array(PathCount),
        expected: z.optional(z.string()),
        totalConversions: z.optional(z.number()),
        baseConversionProbability: z.optional(z.number()),
        removalEffect: z.optional(Credits),
        markovConversions: z.optional(Credits),
        shapleyConversions: z.optional(Credits),
        first: z.optional(Credits),
        last: z.optional(Credits),
        linear: z.optional(Credits),
      }),
    ),
  })
  .parse(fixture);

/** The vectors name a model and its choices apart, and count half-lives in days. */
function modelOf(model: string, { middleScope, halfLifeDays }: z.infer<typeof Params>): RuleModel {
  return RuleModel.parse({
    model,
    ...(middleScope === undefined ? {} : { middleScope }),
    ...(halfLifeDays === undefined ? {} : { halfLife: { days: halfLifeDays } }),
  });
}

const aged = (touches: z.infer<typeof Touches>) =>
  touches.map(({ channel, daysBefore }) => ({ channel, age: daysBefore * DAY_MS }));

const rounded = (values: readonly number[], digits: number) => values.map((value) => Number(value.toFixed(digits)));

const v1 = vectors.V1_six_touch_b2b_deal;
test.for(v1.cases)('six touches of one deal, $model $params', ({ model, params, weights: expected, value }) => {
  const parts = ruleParts(modelOf(model, params), aged(v1.touches), v1.anchors);
  expect(rounded(weights(parts), 9)).toEqual(rounded(expected, 9));
  expect(
    rounded(
      weights(parts).map((weight) => weight * v1.value),
      4,
    ),
  ).toEqual(value);
  const minor = apportion(v1.value * 100, parts);
  expect(minor.reduce((sum, share) => sum + share, 0)).toBe(v1.value * 100);
  for (const [i, share] of minor.entries()) expect(Math.abs(share - (value[i] ?? 0) * 100)).toBeLessThan(1.01);
});

test('time decay without a remainder', () => {
  const { touches, halfLifeDays, value, weights: expected, value_credit } = vectors.V2_time_decay_clean;
  const parts = ruleParts({ model: 'timeDecay', halfLife: { days: halfLifeDays } }, aged(touches));
  expect(rounded(weights(parts), 9)).toEqual(rounded(expected, 9));
  expect(apportion(value, parts)).toEqual(value_credit);
});

test.for(vectors.V4_edge_cases)('$model: $name', ({ touches, model, params, weights: expected }) => {
  const ages = touches.map((channel, i) => ({ channel, age: (touches.length - i) * DAY_MS }));
  const parts = ruleParts(modelOf(model, params), ages, params.anchors);
  expect(rounded(weights(parts), 9)).toEqual(rounded(expected, 9));
});

const credits = (channels: readonly { channel: string; credit: number }[]) =>
  Object.fromEntries(channels.map(({ channel, credit }) => [channel, Number(credit.toFixed(9))]));
const expectedCredits = (expected: Record<string, number> = {}) =>
  Object.fromEntries(Object.entries(expected).map(([channel, credit]) => [channel, Number(credit.toFixed(9))]));

const [withoutConversions, withConversions] = [
  vectors.data_driven.filter(({ expected }) => expected !== undefined),
  vectors.data_driven.filter(({ expected }) => expected === undefined),
];

test.for(withoutConversions)('$name', ({ journeys }) => {
  const nothing = journeys.flatMap(({ path }) => path.map((channel) => ({ channel, credit: 0 })));
  expect(markov(journeys)).toEqual({
    status: 'no-conversions',
    conversions: 0,
    probability: { value: 0 },
    channels: nothing.map((channel) => ({ ...channel, removalEffect: 0 })),
  });
  expect(shapley(journeys)).toEqual({ status: 'no-conversions', conversions: 0, channels: nothing });
});

describe.for(withConversions)('$name', (example) => {
  const { journeys } = example;

  test('Markov', () => {
    const { status, probability, conversions, channels } = markov(journeys);
    expect(status).toBe('ok');
    expect(conversions).toBe(example.totalConversions);
    expect(probability.value).toBeCloseTo(example.baseConversionProbability ?? Number.NaN, 9);
    expect(credits(channels)).toEqual(expectedCredits(example.markovConversions));
    expect(credits(channels.map(({ channel, removalEffect }) => ({ channel, credit: removalEffect })))).toEqual(
      expectedCredits(example.removalEffect),
    );
  });

  test('Shapley', () => {
    const { status, channels } = shapley(journeys);
    expect(status).toBe('ok');
    expect(credits(channels)).toEqual(expectedCredits(example.shapleyConversions));
  });

  test.for(['first', 'last', 'linear'] as const)('%s', (model) => {
    const totals = new Map<string, number>();
    for (const { path, conversions } of journeys) {
      const shares = weights(
        ruleParts(
          { model },
          path.map((channel) => ({ channel, age: 0 })),
        ),
      );
      for (const [i, channel] of path.entries()) {
        totals.set(channel, (totals.get(channel) ?? 0) + (shares[i] ?? 0) * conversions);
      }
    }
    for (const [channel, credit] of Object.entries(example[model] ?? {})) {
      expect(totals.get(channel)).toBeCloseTo(credit, 9);
    }
  });
});
