import { Definition, type FunnelEnvelope, OWNER_RIGHTS } from '@sama/metrics/contracts';
import { createMemoryEngine } from '@sama/metrics/engine';
import { expect, test } from 'vitest';
import { demoDefinitions } from './definitions.ts';
import { DEMO_TIME_ZONE, demoChunks, plantedTruths } from './index.ts';

const OPTIONS = { persons: 40_000, seed: 2 };
const chunks = [...demoChunks(OPTIONS)];
const engine = createMemoryEngine({
  records: chunks.flatMap((c) => c.records),
  events: chunks.flatMap((c) => c.events),
  activities: chunks.flatMap((c) => c.activities),
  figures: chunks.flatMap((c) => c.figures),
});
const context = {
  definitions: demoDefinitions(),
  rights: OWNER_RIGHTS,
  asOf: '2026-10-15T06:00:00Z',
  timeZone: DEMO_TIME_ZONE,
};
const truths = plantedTruths(OPTIONS);

async function funnel(question: { period?: string; segment?: string }): Promise<FunnelEnvelope['data'] & object> {
  const envelope = await engine.answer({ kind: 'funnel', funnel: 'lead-to-won', ...question }, context);
  expect(envelope.message).toBeUndefined();
  expect(envelope.status).toBe('ok');
  if (envelope.data?.kind !== 'funnel') throw new Error('a funnel question has a funnel answer');
  return envelope.data;
}

test('definitions are valid, agreed by both teams, and fresh each time', () => {
  for (const definition of demoDefinitions()) {
    expect(Definition.parse(definition)).toEqual(definition);
    expect(definition.agreedBy?.map((a) => a.team)).toEqual(['marketing', 'sales']);
  }
  expect(demoDefinitions()).toEqual(demoDefinitions());
  expect(demoDefinitions()[0]).not.toBe(demoDefinitions()[0]);
});

test('the funnel of a mature quarter has the shape of the company', async () => {
  const { stages, handoff } = await funnel({ period: '2026-01-12/2026-04-01' });
  expect(stages.map((s) => s.key)).toEqual(['lead', 'mql', 'sal', 'sql', 'opportunity', 'won']);
  const counts = stages.map((s) => s.count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const won = stages.at(-1)?.cumulativeRate;
  expect(won?.value).toBeGreaterThan(0.018);
  expect(won?.value).toBeLessThan(0.038);
  const inTime = handoff?.inTime.value ?? 0;
  expect(inTime).toBeGreaterThan(0.5);
  expect(inTime).toBeLessThan(1);
});

test('skipped stages are inferred, and every segment is answered', async () => {
  const { stages } = await funnel({});
  expect(stages.find((s) => s.key === 'sql')?.imputed).toBeGreaterThanOrEqual(truths.reentries.skipped.count);
  const [definition] = demoDefinitions();
  if (definition?.kind !== 'funnel') throw new Error('the first definition is the funnel');
  for (const kind of ['region', 'origin', 'size']) {
    let leads = 0;
    for (const segment of definition.segments?.filter((s) => s.id.startsWith(`${kind}-`)) ?? []) {
      leads += (await funnel({ segment: segment.id })).stages[0]?.count ?? 0;
    }
    expect(leads).toBe(stages[0]?.count);
  }
});

test('what the records lack is reported in exact numbers', async () => {
  const envelope = await engine.answer({ kind: 'funnel', funnel: 'lead-to-won' }, context);
  expect(envelope.coverage).toMatchObject({ undated: truths.undated.count, unlinked: truths.unlinked.count });
  expect(envelope.warnings.map((w) => w.code)).not.toContain('future-events');
  expect(envelope.warnings.map((w) => w.code)).not.toContain('unknown-stage-events');
});

test.each([
  ['win-rate', 0.3, 0.6],
  ['deal-size', 50_000_00, 120_000_00],
  ['sales-cycle', 38, 60],
])('the figure %s has a believable value', async (measure, low, high) => {
  const envelope = await engine.answer({ kind: 'measure', measure }, context);
  expect(envelope.message).toBeUndefined();
  if (envelope.data?.kind !== 'measure') throw new Error('a measure question has a measure answer');
  const value = envelope.data.rate?.value ?? envelope.data.values[0]?.result.value ?? 0;
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
});
