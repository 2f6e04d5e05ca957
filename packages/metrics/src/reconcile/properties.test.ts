import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OWNER_RIGHTS, type AnswerContext, type Definition } from '../contracts/index.ts';
import { questionOf, type Choices } from '../testing/plans.ts';
import { arbitraryExample, type Example } from '../testing/questions.ts';
import { createMemoryEngine } from '../engine/index.ts';
import {
  fromEngine,
  fromRecords,
  reconcile,
  reconcileRecords,
  Reconciliation,
  type ReconcileInput,
  type RecordDifference,
  type Side,
} from './index.ts';
import { prepare } from './prepare.ts';

const seed = 20_260_131;

interface Pair {
  input: ReconcileInput;
  world: Example['world'];
  context: AnswerContext;
}

/** The same world asked twice: by any two questions of one definition, or of two. */
const arbitraryPair: fc.Arbitrary<Pair> = fc
  .record({
    one: arbitraryExample(),
    other: arbitraryExample(),
    sameDefinition: fc.boolean(),
    fromLast: fc.tuple(fc.constantFrom(0, 0, 1, 2, 5), fc.constantFrom(0, 0, 1, 2, 5)),
    of: fc.constantFrom('count', 'count', 'count', 'value', 'step-rate', 'cumulative-rate'),
    zone: fc.constantFrom('UTC', 'Asia/Kolkata', undefined),
    readings: fc.tuple(arbitraryReading(), arbitraryReading()),
  })
  .map(({ one, other, sameDefinition, fromLast, of, zone, readings }): Pair => {
    const { world } = one;
    const again = sameDefinition
      ? sameKeys(other.choices, world.frame)
      : { ...other.choices, grain: world.frame.grain };
    const [a, b] = [questionOf(one.choices), questionOf({ ...again, ...(zone !== undefined && { timeZone: zone }) })];
    const second: Definition = sameDefinition ? a.definition : { ...b.definition, version: '2.0.0' };
    const side = (label: 'a' | 'b', { question }: typeof a, definition: Definition, i: 0 | 1): Side => ({
      label,
      question: { ...question, funnel: `${definition.id}@${definition.version}` },
      figure: { stage: stageOf(definition, fromLast[i]), of },
      ...(readings[i] && { reading: readings[i] }),
    });
    return {
      world,
      input: { a: side('a', a, a.definition, 0), b: side('b', b, second, 1) },
      context: {
        definitions: sameDefinition ? [a.definition] : [a.definition, second],
        rights: OWNER_RIGHTS,
        asOf: '2026-03-31T00:00:00Z',
        timeZone: 'UTC',
      },
    };
  });

function arbitraryReading(): fc.Arbitrary<Side['reading']> {
  const merge = fc.constantFrom(
    { entityType: 'person' as const, id: 'P1', into: 'P2' },
    { entityType: 'account' as const, id: 'A1', into: 'A2' },
    { entityType: 'opportunity' as const, id: 'O1', into: 'O2' },
  );
  const rates = { currency: 'EUR', per: { USD: 0.9 } };
  return fc.option(
    fc.record({ merges: fc.uniqueArray(merge, { minLength: 1 }), rates: fc.constant(rates) }, { requiredKeys: [] }),
    { nil: undefined },
  );
}

function sameKeys({ anchor = '', ...choices }: Choices, frame: Example['world']['frame']): Choices {
  return { ...choices, ...frame, ...(frame.stages.includes(anchor) && { anchor }) };
}

function stageOf(definition: Definition, i: number): string {
  const stages = definition.kind === 'funnel' && definition.mode !== 'event' ? definition.stages : [];
  return stages.at(-1 - (i % stages.length))?.key ?? '';
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

test('the items of any two questions add up to their difference, in whole numbers exactly', async () => {
  const met = { ok: 0, moved: 0, joined: 0, refused: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(arbitraryPair, async ({ world, input, context }) => {
      const result = await reconcile(fromRecords(world, context), input);
      expect(Reconciliation.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
      if (result.status === 'refused') {
        met.refused.add(result.code);
        return;
      }
      const { items, difference, a, b, unit } = result;
      met.ok++;
      met.moved += items.filter(({ amount }) => amount !== 0).length;
      met.joined += items.filter(({ causes }) => causes.length > 1).length;
      const total = sum(items.map(({ amount }) => amount)) + result.unexplained;
      // Shares are rounded at the sixteenth digit.
      expect(Math.abs(total - difference)).toBeLessThanOrEqual(unit === 'share' ? 1e-12 : 0);
      expect(difference).toBe(b.value - a.value);
      expect(result.unexplained).toBe(0);
      expect(items.at(-1)?.after ?? a.value).toBe(b.value);
    }),
    { numRuns: 400, seed },
  );
  expect(met.ok).toBeGreaterThan(100);
  expect(met.moved).toBeGreaterThan(100);
  expect(met.joined).toBeGreaterThan(0);
  expect([...met.refused].toSorted()).toEqual(['no-data', 'no-value', 'unknown-figure']);
});

test('all settings of one side together give its answer again, so that nothing differs unnamed', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPair, async ({ world, input, context }) => {
      const prepared = await prepare(fromRecords(world, context), input);
      if (prepared.status === 'refused') return;
      const { settings, between, from, to } = prepared;
      expect(await between(settings.compose(new Set()))).toEqual({ value: from.value });
      const every = new Set(settings.differing.map(({ cause }) => cause));
      expect(await between(settings.compose(every))).toEqual({ value: to.value });
    }),
    { numRuns: 300, seed },
  );
});

test('the mean over all orders adds up too, and is the negative when the sides are swapped', async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryPair, async ({ world, input, context }) => {
      const reader = fromRecords(world, context);
      const there = await reconcile(reader, { ...input, split: 'shapley' });
      if (there.status === 'refused') return;
      met++;
      expect(sum(there.items.map(({ amount }) => amount))).toBeCloseTo(there.difference, 9);
      const back = await reconcile(reader, { a: input.b, b: input.a, split: 'shapley' });
      if (back.status === 'refused') throw new Error(back.message);
      const amountOf = new Map(back.items.map(({ causes, amount }) => [causes.join(), amount]));
      for (const { causes, amount } of there.items) expect(amountOf.get(causes.join())).toBeCloseTo(-amount, 9);
    }),
    { numRuns: 40, seed },
  );
  expect(met).toBeGreaterThan(5);
});

const counting = arbitraryPair.map((pair): Pair => {
  const { a, b } = pair.input;
  const count = (side: Side): Side => ({
    ...side,
    figure: 'stage' in side.figure ? { stage: side.figure.stage } : side.figure,
  });
  return { ...pair, input: { a: count(a), b: count(b) } };
});

test('the records of any two counts add up, each by itself and all together, however the ids are found', async () => {
  const met = { ok: 0, records: 0, reported: 0 };
  await fc.assert(
    fc.asyncProperty(counting, fc.uniqueArray(fc.constantFrom('P1', 'P2', 'P3', 'A1', 'X9')), async (pair, listed) => {
      const { world, context } = pair;
      const { a, b } = pair.input;
      const reported = listed.length < 2 ? {} : { reported: listed };
      const input = { a, b: { ...b, ...reported } };
      const reader = fromRecords(world, context);
      const result = await reconcileRecords(reader, input);
      if (result.status === 'refused') return;
      met.ok++;
      met.records += result.records.length;
      met.reported += listed.length < 2 ? 0 : 1;
      expect(result.unlisted).toBe(0);
      expect(sum(result.records.map(({ a, b }) => b - a))).toBe(result.difference);
      for (const { a, b, why } of result.records) expect(sum(why.map(({ change }) => change))).toBe(b - a);
      const changesOf = (causes: readonly string[]) =>
        result.records.flatMap(({ why }) => why.filter((w) => w.causes.join() === causes.join()).map((w) => w.change));
      // What a merge makes of a report is told beside the items.
      const inside = result.items.filter(({ causes }) => !causes.includes('identity-merge'));
      expect(inside.map(({ causes }) => sum(changesOf(causes)))).toEqual(inside.map(({ amount }) => amount));
      const links = world.records.flatMap(({ id, personId, accountId }) => [id, personId ?? id, accountId ?? id]);
      const ids = [...new Set([...links, ...world.events.map(({ entityId }) => entityId)])];
      if (a.reading !== undefined || b.reading !== undefined) return;
      const plain = await reconcileRecords(fromEngine(createMemoryEngine(world), context), input, { ids });
      expect(plain.status === 'ok' && plain.records.map(withoutReason)).toEqual(result.records.map(withoutReason));
    }),
    { numRuns: 200, seed },
  );
  expect(met.ok).toBeGreaterThan(50);
  expect(met.records).toBeGreaterThan(100);
  expect(met.reported).toBeGreaterThan(20);
});

/** A source that cannot list its records does not know which are not in the data. */
const withoutReason = ({ id, a, b, why }: RecordDifference) => ({ id, a, b, changes: why.map(({ change }) => change) });
