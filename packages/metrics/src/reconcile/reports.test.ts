import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { OWNER_RIGHTS, type EntityType, type FunnelAnswer, type FunnelDefinition } from '../contracts/index.ts';
import { createMemoryEngine } from '../engine/index.ts';
import fixture from '../testing/fixtures/other-engines-vectors.json' with { type: 'json' };
import { refusal } from '../testing/refusal.ts';
import { journey } from '../testing/scene.ts';
import { CRM_REPORTS, CrmReport, reportQuestion } from './index.ts';

const Path = z.object({
  id: z.string(),
  stages: z.array(z.string()),
  contact_path: z.array(z.string()),
  mode: z.string(),
  in_stages: z.array(z.string()),
});
const paths = fixture.hubspot.cases.flatMap((one) => (Path.safeParse(one).success ? [Path.parse(one)] : []));

async function answer(
  id: string,
  keys: readonly string[],
  events: Parameters<typeof createMemoryEngine>[0]['events'],
  choice: object = {},
  grain: EntityType = 'person',
): Promise<FunnelAnswer> {
  const definition: FunnelDefinition = {
    kind: 'funnel',
    id: 'crm',
    version: '1.0.0',
    owners: ['both'],
    grain,
    stages: keys.map((key) => ({ key, owner: 'both' })),
  };
  const envelope = await createMemoryEngine({ events: events ?? [] }).answer(
    reportQuestion(id, { funnel: 'crm', ...choice }),
    { definitions: [definition], rights: OWNER_RIGHTS, asOf: '2026-06-30T00:00:00Z', timeZone: 'UTC' },
  );
  if (envelope.data?.kind !== 'funnel') throw new Error(envelope.message);
  return envelope.data;
}

const counts = ({ stages }: FunnelAnswer) => stages.map(({ count }) => count);

// other-engines-vectors.json: facts of HubSpot's page on its funnel report types.
test.each(paths)('$id: $mode', async ({ stages, contact_path, mode, in_stages }) => {
  const events = journey(
    'C1',
    contact_path.map((stage, i) => `${stage.toLowerCase()} 2026-01-0${i + 1}`),
  );
  const id = mode.includes('ALL') ? 'hubspot-funnel-all-stages' : 'hubspot-funnel-any-stages';
  const shown = await answer(
    id,
    stages.map((stage) => stage.toLowerCase()),
    events,
    { period: '2026-01' },
  );
  expect(stages.filter((_, i) => counts(shown)[i] === 1)).toEqual(in_stages);
});

test('the vectors hold a path for each of both types', () => {
  expect(paths.map(({ id }) => id)).toEqual(['hs-all-stages', 'hs-any-stages']);
});

const STAGES = ['created', 'lead', 'customer'];
const people = [
  ...journey('before', ['created 2025-12-20', 'lead 2026-01-05']),
  ...journey('inside', ['created 2026-01-10', 'lead 2026-01-20', 'customer 2026-03-01']),
  ...journey('back', ['created 2026-01-11', 'lead 2026-01-12', 'created 2026-01-13', 'lead 2026-01-14']),
];

test.each<[string, number[]]>([
  // hs-range: who was created before the range is not in it; what came after it is not, either.
  ['hubspot-funnel-all-stages', [2, 2, 0]],
  ['hubspot-journey-funnel', [2, 2, 1]],
  ['hubspot-funnel-any-stages', [2, 3, 0]],
])('%s of January', async (id, expected) => {
  expect(counts(await answer(id, STAGES, people, { period: '2026-01' }))).toEqual(expected);
});

test('Salesforce: converted leads, stage changes, closed won and what stands where', async () => {
  const leads = [...journey('L1', ['lead 2026-01-05', 'converted 2026-04-01']), ...journey('L2', ['lead 2026-01-06'])];
  const ask = { period: '2026-01' };
  expect(counts(await answer('salesforce-leads-converted', ['lead', 'working', 'converted'], leads, ask))).toEqual([
    2, 1, 1,
  ]);
  const deals = [
    ...journey('opportunity:O1', ['open 2026-01-02', 'proposal 2026-01-05', 'open 2026-01-09', 'won 2026-01-20']),
    ...journey('opportunity:O2', ['open 2026-01-03', 'proposal 2026-02-01']),
  ];
  const keys = ['open', 'proposal', 'won'];
  const of = async (id: string, choice: object) => counts(await answer(id, keys, deals, choice, 'opportunity'));
  expect(await of('salesforce-opportunity-history', ask)).toEqual([3, 1, 1]);
  expect((await of('salesforce-closed-won', ask)).at(-1)).toBe(1);
  expect(await of('salesforce-opportunities-by-stage', {})).toEqual([0, 1, 1]);
  expect(await of('salesforce-opportunities-by-stage', { asOf: '2026-01-10' })).toEqual([2, 0, 0]);
});

test('the end of the range ends a report that knows nothing later, unless it was run before', () => {
  const asOf = (choice: object) => reportQuestion('hubspot-funnel-all-stages', { funnel: 'crm', ...choice }).asOf;
  expect(asOf({ period: '2026-Q1' })).toBe('2026-03-31');
  expect(asOf({ period: '2026-Q1', asOf: '2026-02-10' })).toBe('2026-02-10');
  expect(asOf({ period: '2026-Q1', asOf: '2026-06-01T00:00:00Z' })).toBe('2026-03-31');
  expect(asOf({ period: '2026-Q1', asOf: '2026-04-01T01:00:00Z', timeZone: 'America/New_York' })).toBe(
    '2026-04-01T01:00:00Z',
  );
  expect(asOf({ period: 'last-30-days', asOf: '2026-06-01' })).toBe('2026-06-01');
  expect(asOf({})).toBeUndefined();
});

test('the table is what its schema says, and what cannot be asked is refused', () => {
  expect(z.array(CrmReport).parse(CRM_REPORTS)).toEqual(CRM_REPORTS);
  expect(new Set(CRM_REPORTS.map(({ id }) => id)).size).toBe(CRM_REPORTS.length);
  expect(refusal(() => reportQuestion('pipedrive', { funnel: 'crm' })).remedy).toContain('hubspot-funnel-all-stages');
  const dated = { funnel: 'crm', period: '2026-01' };
  expect(refusal(() => reportQuestion('hubspot-by-stage', dated)).field).toBe('choice.period');
  const fiscal = { funnel: 'crm', period: 'FY26-Q3' };
  expect(refusal(() => reportQuestion('hubspot-funnel-all-stages', fiscal)).remedy).toContain('2026-07-01/2026-10-01');
  expect(refusal(() => reportQuestion('hubspot-by-stage', { funnel: 'No such' })).field).toBe('choice.funnel');
});
