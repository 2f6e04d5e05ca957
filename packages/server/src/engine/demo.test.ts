import { join } from 'node:path';
import { DEMO_AS_OF, demoChunks, demoDefinitions } from '@sama/demo';
import { OWNER_RIGHTS, type Envelope, type FunnelQuestion, type Question } from '@sama/metrics/contracts';
import { createMemoryEngine } from '@sama/metrics/engine';
import { expect, test } from 'vitest';
import { temporaryFolder, testStore } from '../testing/stores.ts';
import { createDuckDbEngine } from './duckdb.ts';
import { keepWhileBuilding, linesOf } from './keep.ts';

const TIME_ZONE = 'Europe/Berlin';
const demo = { persons: 3000, asOf: DEMO_AS_OF };
const batch = { file: 'made-up company', contentHash: 'a'.repeat(64), mappingHash: 'b'.repeat(64), demo: true };
const ask = (part: Partial<FunnelQuestion> = {}): FunnelQuestion => ({
  kind: 'funnel',
  funnel: 'lead-to-won',
  ...part,
});

const QUESTIONS: readonly Question[] = [
  ask(),
  ask({ period: '2026-Q1', compare: 'previous' }),
  ask({ period: '2026-Q3', segment: 'region-dach', compare: { segment: 'region-nordics' } }),
  ask({ skipPolicy: 'strict', anchor: 'mql', window: 'none' }),
  ask({ entryPolicy: 'every', anchor: 'mql', measure: 'value' }),
  ask({ unit: 'visit', anchor: 'mql', window: { days: 30 } }),
  ask({ entryPolicy: 'last', period: 'last-90-days', timeZone: 'America/Sao_Paulo' }),
  ask({ view: 'activity', period: '2026-W13' }),
  ask({ view: 'snapshot', filter: { field: 'attributes.region', in: ['DACH', 'Nordics'] } }),
  ask({ asOf: '2026-03-29', period: '2026-Q1' }),
  { kind: 'eventFunnel', funnel: 'visit-to-won', period: '2026-Q1', trend: 'month', correlate: 'events' },
  { kind: 'eventFunnel', funnel: 'visit-to-won', segment: 'region-dach', breakdown: { event: 'attributes.channel' } },
  { kind: 'attribution', attribution: 'won-by-channel', models: [{ model: 'linear' }, { model: 'shapley' }] },
  { kind: 'attribution', attribution: 'won-by-channel', by: 'team', period: '2026-Q2', segment: 'region-dach' },
  { kind: 'score', score: 'lead-score', limit: 5, ratings: ['A1', 'B1'] },
  { kind: 'score', score: 'lead-score', ids: ['p-00000001', 'p-00002999'] },
  {
    kind: 'kpi',
    kpis: demoDefinitions().flatMap((one) => (one.kind === 'kpi' ? [one.id] : [])),
    period: '2026-Q3',
    compare: 'previous',
    trend: 'month',
  },
  {
    kind: 'records',
    funnel: 'lead-to-won',
    stage: 'mql',
    outcome: 'recycled',
    period: '2026-Q1',
    fields: ['owner', 'attributes.region', 'reached.mql'],
    sort: { by: 'attributes.region', descending: true },
    limit: 40,
  },
  { kind: 'records', funnel: 'lead-to-won', view: 'snapshot', stage: 'sql', segment: 'region-dach' },
  {
    kind: 'difference',
    a: { funnel: 'lead-to-won', stage: 'sal', period: '2026-Q1' },
    b: {
      funnel: 'lead-to-won',
      stage: 'sal',
      period: '2026-02',
      view: 'activity',
      segment: 'region-dach',
      reported: 7,
    },
    records: 3,
  },
];

/** What an answer says, whoever computed it and when. */
function said({ engine: _engine, computedAt: _computedAt, ...rest }: Envelope): unknown {
  return rest;
}

test('the demo company gets the same answers from memory and from the store', async () => {
  const definitions = demoDefinitions();
  const store = await testStore(join(await temporaryFolder(), 'store'), {
    afterBuild: keepWhileBuilding(() => linesOf(definitions, TIME_ZONE)),
  });
  await store.importChunks(batch, demoChunks(demo));
  const chunks = [...demoChunks(demo)];
  const memory = createMemoryEngine({
    records: chunks.flatMap((c) => c.records),
    events: chunks.flatMap((c) => c.events),
    activities: chunks.flatMap((c) => c.activities),
    figures: chunks.flatMap((c) => c.figures),
  });
  const duckdb = createDuckDbEngine(store);
  const context = { definitions, rights: OWNER_RIGHTS, asOf: DEMO_AS_OF, timeZone: TIME_ZONE };
  for (const question of QUESTIONS) {
    const expected = await memory.answer(question, context);
    const answered = await duckdb.answer(question, context);
    expect(answered.status, JSON.stringify(question)).toBe('ok');
    expect(said(answered), JSON.stringify(question)).toEqual(said(expected));
  }
});
