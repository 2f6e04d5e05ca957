import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { EntityRecord, FunnelDefinition, FunnelQuestion, StageEvent } from '../contracts/index.ts';
import type { FunnelStatistics, StageStatistics } from '../funnel/statistics.ts';
import { vectorCases } from './cases/vectors.ts';
import { oracleStatistics } from './oracle.ts';
import { readPopulation } from './oracle-lines.ts';
import { questionOf } from './plans.ts';
import { agrees, PROPERTIES } from './properties.ts';
import { arbitraryExample } from './questions.ts';

const Everything = z.object({
  records: z.array(EntityRecord),
  events: z.array(StageEvent),
  questions: z.array(FunnelQuestion),
  definitions: z.array(FunnelDefinition),
});

test.for(PROPERTIES)('of the oracle: $name', async ({ of, broken }) => {
  await fc.assert(
    fc.asyncProperty(arbitraryExample(of), async (example) => {
      expect(await broken(oracleStatistics, example)).toEqual([]);
    }),
    { numRuns: 150, seed: 20_260_131 },
  );
});

test('every record, event, question and definition of the examples is one the contracts accept', () => {
  const examples = fc.sample(arbitraryExample(), { numRuns: 100, seed: 20_260_131 });
  const asked = examples.map(({ choices }) => questionOf(choices));
  const { error } = Everything.safeParse({
    records: examples.flatMap(({ world }) => world.records),
    events: examples.flatMap(({ world }) => world.events),
    questions: asked.map(({ question }) => question),
    definitions: asked.map(({ definition }) => definition),
  });
  expect(error).toBeUndefined();
});

test('the worlds are rich: second cycles, inferred entries, several opportunities and the rest occur', () => {
  const examples = fc.sample(arbitraryExample({ choose: { view: 'cohort' } }), { numRuns: 400, seed: 20_260_131 });
  const answers = examples.map(({ world, plan }) => oracleStatistics(world.records, world.events, plan));
  const journeys = examples.flatMap(({ world, plan }) => readPopulation(world.records, world.events, plan).journeys);
  const opportunities = journeys.map(
    ({ moments }) => new Set(moments.flatMap((moment) => moment.opportunity ?? [])).size,
  );
  const occurring = {
    empty: examples.filter(({ world }) => world.events.length === 0).length,
    cycles: journeys.filter(({ visits }) => visits.some(({ cycle }) => cycle > 1)).length,
    several: opportunities.filter((count) => count > 1).length,
    imputed: answers.filter(({ stages }) => stages.some(({ imputed }) => imputed > 0)).length,
    overdue: answers.filter(({ stages }) => stages.some(({ overdue }) => overdue > 0)).length,
    won: answers.filter(({ stages }) => (stages.at(-1)?.count ?? 0) > 0).length,
    mixed: answers.filter(({ stages }) => stages.some(({ value = [] }) => value.length > 1)).length,
    competing: answers.filter(({ conversion = [] }) => conversion.some(([, code]) => code === 2)).length,
    undated: answers.filter(({ warnings }) => warnings.undated > 0).length,
    unlinked: answers.filter(({ warnings }) => warnings.unlinked > 0).length,
    future: answers.filter(({ warnings }) => warnings.futureEvents > 0).length,
    unknown: answers.filter(({ warnings }) => warnings.unknownStageEvents > 0).length,
    followed: answers.filter(({ followed, entrants }) => followed > 0 && followed < entrants).length,
  };
  expect(Object.entries(occurring).filter(([, times]) => times < 5)).toEqual([]);
});

test('agreement is not blind: it names whatever differs, and nothing that is only written differently', async () => {
  const [example] = vectorCases();
  if (example === undefined) throw new Error('there are no vectors');
  const { records, events } = example;
  const plan = { ...example.plan, windowMs: 30 * 86_400_000 };
  const world = { records, events };
  const told = (change: (statistics: FunnelStatistics) => FunnelStatistics): Promise<string[]> =>
    agrees(oracleStatistics, (...asked) => change(oracleStatistics(...asked)), world, plan);
  const first = (change: Partial<StageStatistics>) => (statistics: FunnelStatistics) => ({
    ...statistics,
    stages: statistics.stages.map((stage, index) => (index === 0 ? Object.assign({}, stage, change) : stage)),
  });

  expect(await told((same) => same)).toEqual([]);
  expect(await told((same) => ({ ...same, stages: same.stages.toReversed() }))).toEqual([]);
  expect(await told(first({ count: 8 }))).toEqual(['stages.0.count: 7 and 8']);
  expect(await told(first({ imputed: 2 }))).toEqual(['stages.0.outcomes.imputed: 1 and 2']);
  expect(await told(first({ durations: [] }))).not.toEqual([]);
  expect(await told((same) => ({ ...same, followed: 1 }))).toEqual(['trials.followed: 7 and 1']);
  expect(await told((same) => ({ ...same, conversion: [] }))).not.toEqual([]);
  expect(await told((same) => ({ ...same, missing: [3] }))).toEqual(['missing.0: undefined and 3']);
  expect(await told((same) => ({ ...same, warnings: { ...same.warnings, unlinked: 1 } }))).toEqual([
    'warnings.unlinked: 0 and 1',
  ]);
});
