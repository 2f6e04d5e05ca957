import { createMemoryEngine } from '@sama/metrics';
import type { Envelope, MetricsEngine, Question } from '@sama/metrics/contracts';
import fc from 'fast-check';
import { untilMet } from '@sama/metrics/testing';
import { expect, test } from 'vitest';
import { askedFor, CONTEXT, countingEngine, historyOf, LATTICE, SMALL, type Comer } from '../testing/cohorts.ts';
import { numbersOf, smallestGroups, type Told } from '../testing/told.ts';
import { suppressor } from './suppress.ts';

const hidden = (fewest: number) => ({ fewest, scopes: ['funnel:small'], data: 'd' });

/** Everything that is told of a company, with of whom it is. Each number is held to what it should be. */
async function allTold(engine: MetricsEngine, comers: readonly Comer[], fewest: number): Promise<Told<Comer>[]> {
  const answer = suppressor(engine);
  const told: Told<Comer>[] = [];
  for (const question of LATTICE) {
    const numbers = numbersOf(await answer(question, CONTEXT, hidden(fewest)), askedFor(question, comers));
    for (const { number, of } of numbers) if (number !== of.size) throw new Error(`${number} is not ${of.size}`);
    told.push(...numbers);
  }
  return told;
}

/** Pairs of numbers that differ by a small group. */
function smallDifferences(told: readonly Told<Comer>[], fewest: number): number {
  const sets = [new Set<Comer>(), ...told.map(({ of }) => of)];
  const differs = (a: ReadonlySet<Comer>, b: ReadonlySet<Comer>): boolean =>
    isSmall(a.size - b.size, fewest) && [...b].every((one) => a.has(one));
  return sets.flatMap((a) => sets.filter((b) => differs(a, b))).length;
}

const isSmall = (n: number, fewest: number): boolean => n > 0 && n < fewest;

test('exhaustive over a small company: no sum or difference of permitted answers is a small group', async () => {
  const fewest = 3;
  const cells = [
    ['A', 0, 'open'],
    ['A', 0, 'lost'],
    ['A', 1, 'open'],
    ['B', 0, 'open'],
    ['B', 0, 'lost'],
    ['B', 1, 'open'],
  ] as const;
  let companies = 0;
  let told = 0;
  // Nobody, one and enough: two of one make a group that is still too small.
  const sizes = [0, 1, 3];
  for (let code = 0; code < sizes.length ** cells.length; code += 1) {
    const comers = cells.flatMap(([region, stage, outcome], i) =>
      Array.from({ length: sizes[Math.floor(code / sizes.length ** i) % sizes.length] ?? 0 }, (): Comer => ({
        quarter: 1,
        region,
        stage,
        outcome,
      })),
    );
    const numbers = await allTold(countingEngine(comers), comers, fewest);
    if (smallestGroups(numbers, comers).some((n) => isSmall(n, fewest)) || smallDifferences(numbers, fewest) > 0)
      throw new Error(`a small group of ${JSON.stringify(comers)} can be told apart`);
    companies += 1;
    told += numbers.length;
  }
  expect(companies).toBe(729);
  // Hiding everything would be no answer.
  expect(told / companies).toBeGreaterThan(20);
});

const comer: fc.Arbitrary<Comer> = fc.record({
  quarter: fc.constantFrom(1, 2),
  region: fc.constantFrom('A', 'A', 'B', 'C', 'C', 'C'),
  stage: fc.constantFrom(0, 0, 0, 1, 1, 2),
  outcome: fc.constantFrom('open', 'open', 'lost', 'recycled', 'overdue', 'disqualified'),
});

test('so it is with an engine over records, by quarters, what they add up to, and segments', async () => {
  let segments = 0;
  await untilMet(
    fc.asyncProperty(
      fc.array(comer, { minLength: 20, maxLength: 150 }),
      fc.integer({ min: 2, max: 6 }),
      async (all, k) => {
        // Nothing becomes of who has won.
        const comers = all.map((one) => (one.stage === 2 ? { ...one, outcome: 'open' } : one));
        const told = await allTold(createMemoryEngine(historyOf(comers)), comers, k);
        expect(smallestGroups(told, comers).filter((n) => isSmall(n, k))).toEqual([]);
        expect(smallDifferences(told, k)).toBe(0);
        segments += told.some(({ of }) => of.size > 0 && [...of].every(({ region }) => region === 'A')) ? 1 : 0;
      },
    ),
    { numRuns: 30, met: () => segments > 2 },
  );
  expect(segments).toBeGreaterThan(2);
});

test('segments that overlap are not told beside each other', async () => {
  const some = (n: number, region: string) =>
    Array.from({ length: n }, (): Comer => ({ quarter: 1, region, stage: 0, outcome: 'open' }));
  const comers = [...some(10, 'A'), ...some(1, 'B'), ...some(20, 'C')];
  expect(smallestGroups(await allTold(countingEngine(comers), comers, 5), comers).toSorted()).toEqual([10, 21]);
});

const many = Array.from({ length: 60 }, (_, i): Comer => ({ quarter: 1, region: 'A', stage: i % 2, outcome: 'open' }));
const ask = (question: Question, changes = {}): Promise<Envelope> =>
  suppressor(createMemoryEngine(historyOf(many)))(question, CONTEXT, { ...hidden(5), ...changes });
const FUNNEL = { kind: 'funnel', funnel: 'small', period: '2025-Q1' } as const;
const CELL = { funnel: 'small', stage: 'mql', period: '2025-Q1' };

test('what is told is exact, with rates of what is told, and says when something is hidden', async () => {
  expect(await ask(FUNNEL)).toMatchObject({
    status: 'ok',
    data: {
      stages: [{ count: 60, outcomes: { open: 30, advanced: 30 } }, { count: 30, stepRate: { k: 30, n: 60 } }, {}],
    },
  });
  const few = many.slice(0, 8);
  const envelope = await suppressor(createMemoryEngine(historyOf(few)))(FUNNEL, CONTEXT, hidden(5));
  expect(envelope).toMatchObject({
    flags: ['suppressed'],
    data: {
      stages: [
        { count: 8 },
        { missing: 'Group too small to show', count: 0, stepRate: { value: null, reason: 'suppressed' } },
        {},
      ],
    },
  });
  expect(JSON.stringify(envelope)).not.toMatch(/coverage|maturity|"time"|entities/);
});

test.each([
  [{ kind: 'measure', measure: { of: 'person', aggregates: ['count'] } }, /kind "measure"/],
  [{ kind: 'kpi' }, /kind "kpi"/],
  [{ kind: 'handoffs' }, /kind "handoffs"/],
  [{ kind: 'records', funnel: 'small', stage: 'mql' }, /kind "records"/],
  [{ kind: 'glossary', show: 'impact', key: 'mql' }, /kind "glossary"/],
  // Two periods that overlap, or two policies, are subtracted by it.
  [{ kind: 'difference', a: { ...CELL, period: '2025-Q1' }, b: { ...CELL, period: '2025-02' } }, /kind "difference"/],
  [{ kind: 'difference', a: CELL, b: { ...CELL, skipPolicy: 'strict' }, records: 1 }, /kind "difference"/],
  [{ ...FUNNEL, filter: { field: 'attributes.region', eq: 'A' } }, /leave filter out/],
  [{ ...FUNNEL, asOf: '2025-04-01' }, /leave asOf out/],
  [{ ...FUNNEL, window: { days: 1 } }, /leave window out/],
  [{ ...FUNNEL, anchor: 'mql' }, /leave anchor out/],
  [{ ...FUNNEL, entryPolicy: 'last' }, /leave entryPolicy out/],
  [{ ...FUNNEL, compare: 'previous' }, /leave compare out/],
  [{ ...FUNNEL, timeZone: 'Asia/Tokyo' }, /leave timeZone out/],
  [{ ...FUNNEL, view: 'snapshot' }, /view: ask for "cohort"/],
  [{ ...FUNNEL, measure: 'value' }, /measure: ask for "count"/],
  [{ ...FUNNEL, funnel: 'small@1.0.0' }, /without a version/],
  [{ kind: 'funnel', funnel: 'small' }, /period: name closed quarters/],
  [{ ...FUNNEL, period: '2025-02' }, /whole quarters/],
  [{ ...FUNNEL, period: 'last-90-days' }, /whole quarters/],
  [{ ...FUNNEL, period: '2025-01-02/2025-04-01' }, /whole quarters/],
  [{ ...FUNNEL, period: '2026-Q2' }, /told from 2026-09-29 on/],
  [{ ...FUNNEL, period: '2018-01-01/2026-01-01' }, /20 quarters at most/],
] satisfies [Question, RegExp][])('%j is not in the lattice', async (question, message) => {
  const envelope = await ask(question);
  expect(envelope).toMatchObject({ status: 'denied', code: 'forbidden', message: expect.stringMatching(message) });
  expect(envelope.data).toBeUndefined();
});

test('only one funnel is told of, and only one that counts each person once', async () => {
  for (const scopes of [['*'], ['funnel'], ['funnel:small', 'funnel:other'], []])
    expect(await ask(FUNNEL, { scopes })).toMatchObject({ code: 'forbidden' });
  const each = { ...CONTEXT, definitions: [{ ...SMALL, entryPolicy: 'every' as const, unit: 'cycle' as const }] };
  const envelope = await suppressor(createMemoryEngine(historyOf(many)))(FUNNEL, each, hidden(5));
  expect(envelope.message).toMatch(/counts some more than once/);
});
