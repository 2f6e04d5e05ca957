import type {
  EntityRecord,
  StageEvent,
  ActivityEvent,
  AnswerContext,
  Envelope,
  EventFunnelQuestion,
} from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { answerWith, createMemoryEngine } from '@sama/metrics/engine';
import { planEventFunnel } from '@sama/metrics/funnel';
import {
  arbitraryEventExample,
  eventContextOf,
  eventFunnelCases,
  oracleEventCounts,
  seenByOracle,
  seenInEvents,
  untilMet,
} from '@sama/metrics/testing';
import { duckdb, postgresql, type Dialect } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { arbitraryEventWorld } from '../testing/event-worlds.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter, type SqlReader } from './counter.ts';

interface Tables {
  holding<T>(
    records: readonly EntityRecord[],
    events: readonly StageEvent[],
    work: (reader: SqlReader) => Promise<T>,
    activities: readonly ActivityEvent[],
  ): Promise<T>;
  close(): void | Promise<void>;
}

interface Data {
  records?: readonly EntityRecord[];
  events?: readonly StageEvent[];
  activities: readonly ActivityEvent[];
}

const url = process.env['DATABASE_URL'];
const places: [name: string, dialect: Dialect, open: () => Promise<Tables>, runs: number][] = [
  ['DuckDB', duckdb, () => CanonicalTables.open(), 400],
  ['PostgreSQL in this process', postgresql, () => PostgresTables.open(), 150],
];
if (url !== undefined) places.push(['the PostgreSQL of DATABASE_URL', postgresql, () => PostgresTables.open(url), 150]);

/** What an answer says, whoever computed it and when. */
function said({ engine: _engine, computedAt: _computedAt, ...rest }: Envelope): unknown {
  return rest;
}

describe.each(places)('%s', (_name, dialect, open, numRuns) => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await open();
  });
  afterAll(() => tables.close());

  const answer = (data: Data, question: EventFunnelQuestion, context: AnswerContext): Promise<Envelope> =>
    tables.holding(
      data.records ?? [],
      data.events ?? [],
      (reader) => answerWith(question, context, new SqlCounter(reader, dialect), { name: dialect.name, now: () => '' }),
      data.activities,
    );

  test.each(eventFunnelCases())('$name', async (c) => {
    const { data, message } = await answer(c, c.question, eventContextOf(c));
    const answered = data?.kind === 'eventFunnel' ? data : undefined;
    expect(answered === undefined ? message : seenInEvents(c.expected, answered)).toEqual(c.expected);
  });

  test('random histories are counted as the text says', async () => {
    const property = fc.asyncProperty(arbitraryEventExample(), async ({ definition, activities, range }) => {
      const asOf = new Date(range.asOf).toISOString();
      const question = { kind: 'eventFunnel', funnel: definition.id } as const;
      const { plan } = planEventFunnel(question, definition, { rights: OWNER_RIGHTS, asOf, timeZone: 'UTC' });
      const statistics = await tables.holding(
        [],
        [],
        (reader) => new SqlCounter(reader, dialect).eventFunnel({ ...plan, ...range }),
        activities,
      );
      expect(seenByOracle(statistics)).toEqual(oracleEventCounts(definition, activities, range));
    });
    await fc.assert(property, { numRuns });
  });

  test('records, accounts, stages, days, filters, breakdowns and correlations are read as in memory', async () => {
    const met = { runs: 0, entered: 0, days: 0, stages: 0, groups: 0, correlated: 0, filtered: 0 };
    const property = fc.asyncProperty(arbitraryEventWorld(), async ({ data, definition, question, context }) => {
      const expected = await createMemoryEngine(data).answer(question, context);
      const answered = await answer(data, question, context);
      expect(said(answered)).toEqual(said(expected));
      met.runs += 1;
      if (expected.data?.kind !== 'eventFunnel') return;
      if (expected.data.outcomes.entered === 0) return;
      met.entered += 1;
      if (data.activities.some(({ at }) => at.length === 10)) met.days += 1;
      if (definition.source !== 'activities') met.stages += 1;
      if ((expected.data.breakdown?.groups.length ?? 0) > 1) met.groups += 1;
      if ((expected.data.correlation?.rows.length ?? 0) > 0) met.correlated += 1;
      if (question.filter !== undefined) met.filtered += 1;
    });
    const rarest = (): number => Math.min(...Object.values(met));
    await untilMet(property, { numRuns, met: () => rarest() > numRuns / 80 });
    console.info(`${dialect.name} agreed with memory on`, met);
    expect(rarest(), JSON.stringify(met)).toBeGreaterThan(numRuns / 80);
  });

  test('of one instant the first of a step is told by source, name and whom it is about', async () => {
    const at = '2026-03-27T21:59:00Z';
    const source = { system: 'crm', recordId: '1' };
    const a = { name: 'a', at, personId: 'p', attributes: {}, source, batch: 'b' };
    const activities: ActivityEvent[] = [
      { ...a, name: 'b', accountId: 'acme' },
      { ...a, accountId: 'acme', owner: 'ann' },
      { ...a, at: '2026-03-28T08:00:00Z' },
      a,
    ];
    const definition = {
      kind: 'funnel' as const,
      mode: 'event' as const,
      id: 'firsts',
      version: '1.0.0',
      owners: ['marketing' as const],
      steps: [
        { id: 's0', event: ['a', 'b'], where: { not: { field: 'owner', eq: 'ann' } }, firstTime: 'match' as const },
        { id: 's1', event: 'a' },
      ],
    };
    const context = { definitions: [definition], rights: OWNER_RIGHTS, asOf: '2026-03-29', timeZone: 'UTC' };
    const question = { kind: 'eventFunnel', funnel: 'firsts', trend: 'day', period: '2026-03' } as const;
    for (const order of [activities, activities.toReversed()]) {
      const expected = await createMemoryEngine({ records: [], events: [], activities: order }).answer(
        question,
        context,
      );
      expect(said(await answer({ activities: order }, question, context))).toEqual(said(expected));
      // The event without an account is the first: it enters, and the one of ann converts at once.
      expect(expected.data).toMatchObject({ outcomes: { entered: 1, converted: 1 } });
    }
  });

  test('a database without activities says so, and still answers from stages', async () => {
    const context = { definitions: [], rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
    const definition = eventFunnelCases()[0]?.definition;
    if (definition === undefined) throw new Error('there are no cases');
    const ask = (source: 'both' | 'stages') =>
      tables.holding(
        [],
        [],
        (reader) => {
          const without: SqlReader = {
            all: async (statement) =>
              statement.text.includes('information_schema') ? [{ n: 0 }] : reader.all(statement),
          };
          return answerWith(
            { kind: 'eventFunnel', funnel: definition.id },
            { ...context, definitions: [{ ...definition, source }] },
            new SqlCounter(without, dialect),
            { name: dialect.name, now: () => '' },
          );
        },
        [],
      );
    expect(await ask('both')).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('holds no activities: use source "stages"'),
    });
    expect(await ask('stages')).toMatchObject({ status: 'empty', code: 'no-data-yet' });
  });
});
