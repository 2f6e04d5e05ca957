import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apportion,
  attribute,
  gameOf,
  markov,
  shapley,
  shapleyValue,
  type AttributionModel,
  type Journey,
  type PathCount,
} from './index.ts';

const SEED = { seed: 20_261_124 };
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const arbitraryPaths = (mostChannels: number, rows: number): fc.Arbitrary<PathCount[]> =>
  fc.integer({ min: 1, max: mostChannels }).chain((channels) =>
    fc.array(
      fc.record({
        path: fc.array(
          fc.nat(channels - 1).map((code) => `c${code}`),
          { minLength: 1, maxLength: 6 },
        ),
        conversions: fc.nat(4),
        nulls: fc.nat(4),
      }),
      { minLength: 1, maxLength: rows },
    ),
  );

/** P(conversion) by following the flow of the paths step by step, until nothing is on its way any more. */
function conversionProbability(paths: readonly PathCount[], order: number, removed?: string): number {
  const flows = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, count: number): void => {
    const row = flows.get(from) ?? new Map<string, number>();
    flows.set(from, row.set(to, (row.get(to) ?? 0) + count));
  };
  for (const { path, conversions, nulls } of paths) {
    const states = path.map((_, i) => path.slice(Math.max(0, i + 1 - order), i + 1).join(' '));
    for (const [i, state] of states.entries()) add(states[i - 1] ?? '(start)', state, conversions + nulls);
    add(states.at(-1) ?? '', '(conversion)', conversions);
    add(states.at(-1) ?? '', '(null)', nulls);
  }
  let converted = 0;
  let moving = new Map([['(start)', 1]]);
  while (sum([...moving.values()]) > 1e-15) {
    const next = new Map<string, number>();
    for (const [state, mass] of moving) {
      const row = flows.get(state) ?? new Map<string, number>();
      const out = sum([...row.values()]);
      for (const [to, flow] of row) {
        const share = (mass * flow) / out;
        if (to === '(conversion)') converted += share;
        else if (to !== '(null)' && !(removed !== undefined && to.split(' ').includes(removed)))
          next.set(to, (next.get(to) ?? 0) + share);
      }
    }
    moving = next;
  }
  return converted;
}

const converting = (paths: readonly PathCount[]): boolean => paths.some(({ conversions }) => conversions > 0);
const used = (paths: readonly PathCount[]): PathCount[] =>
  paths.filter(({ conversions, nulls }) => conversions + nulls > 0);

describe('Markov', () => {
  test('effects are what the flow says at orders 1 to 3', () => {
    fc.assert(
      fc.property(arbitraryPaths(4, 6).map(used).filter(converting), fc.integer({ min: 1, max: 3 }), (paths, order) => {
        const result = markov(paths, { order });
        const whole = conversionProbability(paths, order);
        expect(result.probability.value).toBeCloseTo(whole, 12);
        for (const { channel, removalEffect } of result.channels) {
          expect(removalEffect).toBeCloseTo(1 - conversionProbability(paths, order, channel) / whole, 10);
        }
      }),
      { ...SEED, numRuns: 300 },
    );
  });

  test.for([1, 2, 3])('effects are what the flow says where few of many states are connected, order %i', (order) => {
    // Each path comes back to channels it has left, so that the chain has circles.
    const paths = Array.from({ length: 250 }, (_, i) => ({
      path: [0, 1, 2, 1, 0, 3].map((j) => `c${(i * i + 17 * j * i) % 401}`),
      conversions: i % 3,
      nulls: 1,
    }));
    const whole = conversionProbability(paths, order);
    for (const { channel, removalEffect } of markov(paths, { order }).channels.slice(0, 20)) {
      expect(removalEffect).toBeCloseTo(1 - conversionProbability(paths, order, channel) / whole, 10);
    }
  });

  test('the probability is the share of conversions, effects lie in 0 to 1, credit adds up', () => {
    fc.assert(
      fc.property(arbitraryPaths(8, 12), fc.integer({ min: 1, max: 4 }), (paths, order) => {
        const { status, probability, conversions, channels } = markov(paths, { order });
        const journeys = sum(paths.map((row) => row.conversions + row.nulls));
        const expected = sum(paths.map((row) => row.conversions));
        expect(status).toBe(expected === 0 ? 'no-conversions' : 'ok');
        expect(conversions).toBe(expected);
        expect(probability.value).toBe(journeys === 0 ? null : expected / journeys);
        expect(sum(channels.map(({ credit }) => credit))).toBeCloseTo(expected, 10);
        expect(channels.filter(({ removalEffect }) => !(removalEffect >= 0 && removalEffect <= 1))).toEqual([]);
      }),
      SEED,
    );
  });

  test('the order of the rows changes not a bit, and more of the same only the totals', () => {
    fc.assert(
      fc.property(
        arbitraryPaths(30, 30),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 2, max: 9 }),
        (paths, order, times) => {
          const result = markov(paths, { order });
          expect(markov(paths.toReversed(), { order })).toEqual(result);
          expect(markov([...paths.slice(1), ...paths.slice(0, 1)], { order })).toEqual(result);
          const more = markov(
            paths.map(({ path, conversions, nulls }) => ({
              path,
              conversions: conversions * times,
              nulls: nulls * times,
            })),
            { order },
          );
          expect(more.probability).toEqual(result.probability);
          for (const [i, { removalEffect, credit }] of more.channels.entries()) {
            expect(removalEffect).toBeCloseTo(result.channels[i]?.removalEffect ?? Number.NaN, 12);
            expect(credit).toBeCloseTo((result.channels[i]?.credit ?? Number.NaN) * times, 9);
          }
        },
      ),
      { ...SEED, numRuns: 50 },
    );
  });

  test('repeats change nothing at order 1', () => {
    fc.assert(
      fc.property(arbitraryPaths(4, 8), (paths) => {
        const collapsed = paths.map((row) => ({ ...row, path: row.path.filter((c, i) => c !== row.path[i - 1]) }));
        expect(markov(paths)).toEqual(markov(collapsed));
      }),
      SEED,
    );
  });

  test('a chain that remembers everything loses exactly the conversions that touched the channel', () => {
    fc.assert(
      fc.property(arbitraryPaths(5, 10).filter(converting), (paths) => {
        const { channels, conversions } = markov(paths, { order: 6 });
        for (const { channel, removalEffect } of channels) {
          const through = sum(paths.filter(({ path }) => path.includes(channel)).map((row) => row.conversions));
          expect(removalEffect).toBeCloseTo(through / conversions, 12);
        }
      }),
      SEED,
    );
  });

  test('a single channel has all credit', () => {
    expect(markov([{ path: ['a', 'a'], conversions: 3, nulls: 7 }]).channels).toEqual([
      { channel: 'a', removalEffect: 1, credit: 3 },
    ]);
  });
});

describe('Shapley', () => {
  const players = ['a', 'b', 'c', 'd', 'e'];
  const arbitraryGame = fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: 32, maxLength: 32 })
    .map((worths) => worths.with(0, 0));
  const valuesOf = (game: readonly number[]): number[] =>
    shapleyValue(players, (coalition) => game[coalition] ?? Number.NaN).map(({ value }) => value);

  test('the closed form is the value of its game', () => {
    fc.assert(
      fc.property(arbitraryPaths(5, 10), (paths) => {
        const { channels } = shapley(paths);
        const names = channels.map(({ channel }) => channel);
        const inside = (coalition: number, path: readonly string[]): boolean =>
          path.every((channel) => (coalition & (1 << names.indexOf(channel))) !== 0);
        const game = (coalition: number): number =>
          sum(paths.filter(({ path }) => inside(coalition, path)).map(({ conversions }) => conversions));
        for (const [i, { value }] of shapleyValue(names, game).entries()) {
          expect(channels[i]?.credit).toBeCloseTo(value, 10);
        }
        expect(shapley(paths.toReversed())).toEqual(shapley(paths));
      }),
      SEED,
    );
  });

  test('efficiency and additivity', () => {
    fc.assert(
      fc.property(arbitraryGame, arbitraryGame, (one, other) => {
        const both = valuesOf(one.map((worth, coalition) => worth + (other[coalition] ?? 0)));
        const [first, second] = [valuesOf(one), valuesOf(other)];
        expect(sum(first)).toBeCloseTo(one[31] ?? Number.NaN, 10);
        for (const [i, value] of both.entries()) expect(value).toBeCloseTo((first[i] ?? 0) + (second[i] ?? 0), 10);
      }),
      SEED,
    );
  });

  test('a player who adds nothing gets nothing, and two who add the same get the same', () => {
    fc.assert(
      fc.property(arbitraryGame, (game) => {
        const withoutFirst = game.map((_, coalition) => game[coalition & ~1] ?? 0);
        expect(valuesOf(withoutFirst)[0]).toBe(0);
        // Players 0 and 1 count only by how many of them are there.
        const alike = game.map((_, coalition) => {
          const rest = coalition & ~3;
          return game[(coalition & 3) === 2 ? rest | 1 : coalition] ?? 0;
        });
        const [first = 0, second = 0] = valuesOf(alike);
        expect(first).toBeCloseTo(second, 10);
      }),
      SEED,
    );
  });

  test('the game of three channels of the public DP6 example', () => {
    const channels = ['OS', 'FB', 'D'];
    const game = gameOf(channels, [
      { players: ['OS'], worth: 7 },
      { players: ['FB'], worth: 6 },
      { players: ['D'], worth: 4 },
      { players: ['OS', 'FB'], worth: 15 },
      { players: ['OS', 'D'], worth: 7 },
      { players: ['FB', 'D'], worth: 9 },
      { players: ['OS', 'FB', 'D'], worth: 19 },
    ]);
    expect(shapleyValue(channels, game).map(({ value }) => value.toFixed(6))).toEqual([
      '7.666667',
      '8.166667',
      '3.166667',
    ]);
  });

  test('twenty players, each worth itself', () => {
    const many = Array.from({ length: 20 }, (_, i) => `p${i}`);
    const values = shapleyValue(many, (coalition) =>
      many.reduce((all, _, i) => all + (coalition & (1 << i) ? i : 0), 0),
    );
    for (const [i, { value }] of values.entries()) expect(value).toBeCloseTo(i, 8);
  });
});

describe('money', () => {
  test('shares add up, lie within one unit of the exact quota, and equal remainders go to the earlier', () => {
    const part = fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.array(part, { minLength: 1, maxLength: 12 }).filter((parts) => sum(parts) > 1e-3),
        (total, parts) => {
          const shares = apportion(total, parts);
          expect(sum(shares)).toBe(total);
          const all = sum(parts);
          for (const [i, share] of shares.entries()) {
            expect(Math.abs(share - (total * (parts[i] ?? 0)) / all)).toBeLessThan(1 + 1e-6);
            const twin = parts.indexOf(parts[i] ?? 0);
            expect((shares[twin] ?? 0) - share).toBeGreaterThanOrEqual(0);
            expect((shares[twin] ?? 0) - share).toBeLessThanOrEqual(1);
          }
        },
      ),
      SEED,
    );
  });

  const MODELS: AttributionModel[] = [
    { model: 'first' },
    { model: 'last' },
    { model: 'lastNonDirect' },
    { model: 'linear' },
    { model: 'positionBased' },
    { model: 'uShaped' },
    { model: 'wShaped', middleScope: 'all' },
    { model: 'fullPath' },
    { model: 'timeDecay', halfLife: { hours: 5 } },
    { model: 'shapley' },
    { model: 'markov', order: 2 },
  ];
  const instant = fc
    .integer({ min: 0, max: 300 * 24 * 60 })
    .map((m) => new Date(Date.UTC(2026, 0, 1) + m * 60_000).toISOString());
  const touch = fc.record(
    {
      id: fc.uuid(),
      at: instant,
      channel: fc.constantFrom('Direct', 'Search', 'Event', 'Call'),
      team: fc.constantFrom<'marketing' | 'sales'>('marketing', 'sales'),
    },
    { requiredKeys: ['id', 'at', 'channel'] },
  );
  const arbitraryJourneys: fc.Arbitrary<Journey[]> = fc.array(
    fc.record({
      id: fc.uuid(),
      at: instant,
      converted: fc.boolean(),
      amount: fc.nat(1_000_000),
      currency: fc.constant('EUR'),
      milestones: fc.record({ leadCreation: instant, opportunityCreation: fc.option(instant) }),
      touches: fc.array(touch, { maxLength: 8 }),
    }),
    { maxLength: 8 },
  );

  test.for(MODELS)(
    '$model: credit and what is unattributed add up exactly, in any order of journeys and touches',
    (model) => {
      fc.assert(
        fc.property(arbitraryJourneys, (journeys) => {
          const answer = attribute(journeys, { model });
          const won = journeys.filter(({ converted }) => converted);
          const rows = answer.totals.channel ?? [];
          const total = sum(rows.map(({ amount }) => amount.value ?? 0)) + (answer.unattributed.amount.value ?? 0);
          expect(total).toBe(sum(won.map(({ amount }) => amount ?? 0)));
          expect(sum(rows.map(({ conversions }) => conversions)) + answer.unattributed.conversions).toBeCloseTo(
            won.length,
            9,
          );
          const { both, marketingOnly, salesOnly, neither } = answer.sharedJourneys;
          expect(both + marketingOnly + salesOnly + neither).toBe(won.length);

          const mixed = journeys.map((journey) => ({ ...journey, touches: journey.touches.toReversed() })).toReversed();
          const amounts = ({ totals }: typeof answer) =>
            Object.fromEntries((totals.channel ?? []).map(({ key, amount }) => [key, amount]));
          expect(amounts(attribute(mixed, { model }))).toEqual(amounts(answer));
        }),
        { ...SEED, numRuns: 60 },
      );
    },
  );

  test('the money of a chain is its credit to within a unit', () => {
    fc.assert(
      fc.property(arbitraryJourneys, (journeys) => {
        const { totals, conversions, unattributed, amount } = attribute(journeys, { model: { model: 'markov' } });
        const attributed = (amount.value ?? 0) - (unattributed.amount.value ?? 0);
        for (const row of totals.channel ?? []) {
          const share = row.conversions / Math.max(1, conversions - unattributed.conversions);
          expect(Math.abs((row.amount.value ?? 0) - share * attributed)).toBeLessThan(1 + 1e-6);
        }
      }),
      SEED,
    );
  });
});
