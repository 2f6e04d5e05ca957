import type {
  AttributionDefinition,
  Envelope,
  FunnelDefinition,
  Question,
  ScoringModel,
} from '@sama/metrics/contracts';
import { answerWith, createMemoryEngine } from '@sama/metrics/engine';
import { answerCases, untilMet } from '@sama/metrics/testing';
import { duckdb, postgresql, type Dialect } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { arbitraryEventWorld } from '../testing/event-worlds.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter, type SqlReader } from './counter.ts';

const url = process.env['DATABASE_URL'];
const places: [name: string, dialect: Dialect, open: () => Promise<CanonicalTables | PostgresTables>, runs: number][] =
  [
    ['DuckDB', duckdb, () => CanonicalTables.open(), 150],
    ['PostgreSQL in this process', postgresql, () => PostgresTables.open(), 60],
  ];
if (url !== undefined) places.push(['the PostgreSQL of DATABASE_URL', postgresql, () => PostgresTables.open(url), 60]);

/** What an answer says, whoever computed it and when. */
function said({ engine: _engine, computedAt: _computedAt, ...rest }: Envelope): unknown {
  return rest;
}

const team = { version: '1.0.0', owners: ['marketing', 'sales'] } satisfies Partial<ScoringModel>;
const funnel = (grain: FunnelDefinition['grain']): FunnelDefinition => ({
  kind: 'funnel',
  id: 'line',
  ...team,
  grain,
  stages: [
    { key: 'mql', owner: 'marketing' },
    { key: 'won', owner: 'sales' },
  ],
});
const model = (grain: 'person' | 'account'): ScoringModel => ({
  kind: 'score',
  id: 'leads',
  ...team,
  grain,
  fit: {
    criteria: [
      { key: 'owner', rules: [{ when: { not: { field: 'owner', eq: 'ann' } }, points: 80 }] },
      {
        key: 'region',
        ...(grain === 'person' ? { of: 'person' } : {}),
        rules: [{ when: { field: 'attributes.region', in: ['1', 'Ä'] }, points: -30 }],
      },
    ],
  },
  engagement: {
    signals: [
      { key: 'a', points: 20, perDay: 2, halfLife: { days: 3 } },
      { key: 'b', where: { field: 'attributes.k', in: ['1', 1, true] }, points: 30, cap: 100 },
      { key: 'c', points: -5 },
    ],
  },
});

describe.each(places)('%s', (_name, dialect, open, numRuns) => {
  let tables: CanonicalTables | PostgresTables;
  beforeAll(async () => {
    tables = await open();
  });
  afterAll(() => tables.close());

  test.each(answerCases())('$name', async ({ records, events, activities, question, context, expected }) => {
    const answer = await tables.holding(
      records,
      events,
      (reader: SqlReader) =>
        answerWith(question, context, new SqlCounter(reader, dialect), { name: dialect.name, now: () => '' }),
      activities,
    );
    expect(answer).toMatchObject(expected);
  });

  test('random worlds are rated and credited as in memory', async () => {
    const met = { runs: 0, rated: 0, engaged: 0, converted: 0, credited: 0, days: 0 };
    const arbitrary = fc.record({
      world: arbitraryEventWorld(),
      grain: fc.constantFrom('person' as const, 'account' as const, 'opportunity' as const),
      group: fc.constantFrom('person' as const, 'account' as const, undefined),
      chosen: fc.constantFrom<AttributionDefinition['model'][]>(
        { model: 'last' },
        { model: 'timeDecay', halfLife: { days: 1 } },
        { model: 'markov', order: 2 },
        { model: 'shapley' },
      ),
    });
    const property = fc.asyncProperty(arbitrary, async ({ world, grain, group, chosen }) => {
      const { data, question: asked, context } = world;
      const attribution: AttributionDefinition = {
        kind: 'attribution',
        id: 'credit',
        ...team,
        model: chosen,
        sourcePriority: ['web', 'crm'],
        duplicates: { hours: 4 },
        journeys: {
          funnel: 'line',
          ...(group === undefined || (group === 'person' && grain === 'account') ? {} : { group }),
          touches: [
            { event: ['a', 'b'], where: { field: 'owner', present: true }, channel: 'attributes.odd "key"/~' },
            { channel: 'attributes.k', campaign: 'owner' },
          ],
        },
      };
      const definitions = [funnel(grain), model(grain === 'account' ? 'account' : 'person'), attribution];
      const filter = asked.filter === undefined ? {} : { filter: asked.filter };
      const period = asked.period === undefined ? {} : { period: asked.period };
      const questions: Question[] = [
        { kind: 'score', score: 'leads', ...filter },
        { kind: 'attribution', attribution: 'credit', ...filter, ...period },
      ];
      for (const question of questions) {
        const expected = await createMemoryEngine(data).answer(question, { ...context, definitions });
        const answered = await tables.holding(
          data.records,
          data.events,
          (reader: SqlReader) =>
            answerWith(question, { ...context, definitions }, new SqlCounter(reader, dialect), {
              name: dialect.name,
              now: () => '',
            }),
          data.activities,
        );
        expect(said(answered)).toEqual(said(expected));
        const { data: found } = expected;
        if (found?.kind === 'score') {
          if (found.rated > 0) met.rated += 1;
          if (found.leads?.some(({ engagement }) => engagement.score > 0) === true) met.engaged += 1;
        }
        if (found?.kind === 'attribution') {
          if (found.conversions > 0) met.converted += 1;
          if (found.rows.some(({ conversions }) => conversions > 0)) met.credited += 1;
        }
      }
      met.runs += 1;
      if (data.activities.some(({ at }) => at.length === 10)) met.days += 1;
    });
    const rarest = (): number => Math.min(...Object.values(met));
    await untilMet(property, { numRuns, met: () => rarest() > numRuns / 20 });
    console.info(`${dialect.name} agreed with memory on`, met);
    expect(rarest(), JSON.stringify(met)).toBeGreaterThan(numRuns / 20);
  });
});
