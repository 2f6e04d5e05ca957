import { expect, test } from 'vitest';
import { OWNER_RIGHTS, type FunnelDefinition, type RecordsQuestion, type Rights } from '../contracts/index.ts';
import { Envelope } from '../contracts/index.ts';
import { answerWith, createMemoryEngine } from '../engine/index.ts';

const funnel: FunnelDefinition = {
  kind: 'funnel',
  id: 'line',
  version: '1.0.0',
  owners: ['both'],
  label: 'Line',
  grain: 'person',
  stages: [
    { key: 'lead', owner: 'marketing' },
    { key: 'mql', owner: 'both', label: 'MQL' },
    { key: 'won', owner: 'sales' },
  ],
  segments: [{ id: 'north', label: 'The north', where: { field: 'attributes.region', eq: 'north' } }],
};
const person = (id: string, region: string, amount: number) => ({
  entityType: 'person' as const,
  id,
  amount,
  currency: 'EUR',
  attributes: { region },
  batch: 'b',
});
const entered = (entityId: string, stage: string, at: string, reason?: string) => ({
  entityId,
  entityType: 'person' as const,
  stage,
  at,
  source: { system: 'crm', recordId: `${entityId} ${stage}` },
  ...(reason === undefined ? {} : { reason }),
  batch: 'b',
});
const engine = createMemoryEngine({
  records: [person('a', 'north', 300), person('b', 'south', 100), person('c', 'north', 200)],
  events: [
    entered('a', 'lead', '2026-01-01T09:00:00Z'),
    entered('a', 'mql', '2026-01-02T09:00:00Z'),
    entered('a', 'won', '2026-01-05T09:00:00Z'),
    entered('b', 'lead', '2026-01-03T09:00:00Z'),
    entered('b', 'mql', '2026-01-03T10:00:00Z'),
    entered('b', 'disqualified', '2026-01-04T09:00:00Z'),
    entered('c', 'lead', '2026-02-01T09:00:00Z'),
    entered('c', 'mql', '2026-02-02T09:00:00Z'),
  ],
});
const ask = (question: Partial<RecordsQuestion>, rights: Rights = OWNER_RIGHTS) =>
  engine.answer(
    { kind: 'records', funnel: 'line', stage: 'mql', ...question },
    { definitions: [funnel], rights, asOf: '2026-03-01', timeZone: 'UTC' },
  );

test('the records behind a stage stand there with what became of them, latest first', async () => {
  const envelope = await ask({ period: '2026-01' });
  expect(Envelope.parse(envelope)).toEqual(envelope);
  expect(envelope).toMatchObject({ status: 'ok', definition: { id: 'line' } });
  expect(envelope.data).toMatchObject({
    kind: 'records',
    view: 'cohort',
    grain: 'person',
    stage: { key: 'mql', label: 'MQL' },
    period: { from: '2026-01-01', to: '2026-02-01' },
    fields: ['amount', 'currency', 'owner'],
    total: 2,
    records: [
      { id: 'b', entered: '2026-01-03T09:00:00.000Z', outcome: 'disqualified', values: [100, 'EUR', null] },
      { id: 'a', entered: '2026-01-01T09:00:00.000Z', outcome: 'advanced', values: [300, 'EUR', null] },
    ],
  });
});

test('an outcome, a segment, a page and an order narrow them', async () => {
  const ids = async (question: Partial<RecordsQuestion>, rights?: Rights) => {
    const { data } = await ask(question, rights);
    return data?.kind === 'records' ? [data.total, ...data.records.map(({ id }) => id)] : [];
  };
  const amount = { fields: ['amount'], sort: { by: 'amount' } };
  expect(await ids({ outcome: 'open' })).toEqual([1, 'c']);
  expect(await ids({ segment: 'north', sort: { by: 'id' } })).toEqual([2, 'a', 'c']);
  expect(await ids({ ...amount, limit: 2 })).toEqual([3, 'b', 'c']);
  expect(await ids({ ...amount, limit: 2, offset: 2 })).toEqual([3, 'a']);
  expect(await ids({ ...amount, sort: { by: 'amount', descending: true } })).toEqual([3, 'a', 'c', 'b']);
  expect(await ids({ view: 'snapshot', stage: 'disqualified' })).toEqual([1, 'b']);
  expect(await ids({ view: 'activity', stage: 'mql', period: '2026-02' })).toEqual([1, 'c']);
  const south = { ...OWNER_RIGHTS, rows: { field: 'attributes.region', eq: 'south' } };
  expect(await ids({}, south)).toEqual([1, 'b']);
  expect(await ids({ segment: 'north' }, south)).toEqual([0]);
});

test.each([
  [{}, { ...OWNER_RIGHTS, caps: [] }, 'forbidden', 'records: your rights do not include "drill"'],
  [{}, { ...OWNER_RIGHTS, scopes: ['funnel'] }, 'forbidden', '"records"'],
  [{ stage: 'mqq' }, OWNER_RIGHTS, 'unknown-stage', 'its stages are lead, mql, won'],
  [{ stage: 'lead', anchor: 'mql' }, OWNER_RIGHTS, 'invalid-question', 'comes before the anchor'],
  [{ stage: 'lost' }, OWNER_RIGHTS, 'invalid-question', 'off the main line'],
  [{ view: 'snapshot', outcome: 'open' }, OWNER_RIGHTS, 'invalid-question', 'only a cohort has outcomes'],
  [{ sort: { by: 'attributes.region' } }, OWNER_RIGHTS, 'invalid-question', 'add it to fields'],
  [{ segment: 'west' }, OWNER_RIGHTS, 'unknown-segment', 'it has north'],
] as const)('%o is refused', async (question, rights, code, message) => {
  const envelope = await ask({ ...question }, { ...rights, scopes: [...rights.scopes], caps: [...rights.caps] });
  expect(envelope).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(envelope.data).toBeUndefined();
});

test('an engine that finds no single records says so', async () => {
  const nothing = () => {
    throw new Error('not asked');
  };
  const answer = await answerWith(
    { kind: 'records', funnel: 'line', stage: 'mql' },
    { definitions: [funnel], rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' },
    { funnel: nothing, entries: nothing, measure: nothing },
    { name: 'other', now: () => '' },
  );
  expect(answer).toMatchObject({ code: 'unsupported', message: expect.stringContaining('"other"') });
});

test('reasons stand behind each loss, and the records of one are those it counts', async () => {
  const gone = createMemoryEngine({
    events: ['fit.size', 'fit.size', 'asked Ann', undefined].flatMap((reason, i) => [
      entered(`p${i}`, 'lead', '2026-01-01T09:00:00Z'),
      entered(`p${i}`, 'mql', '2026-01-02T09:00:00Z'),
      entered(`p${i}`, 'disqualified', '2026-01-03T09:00:00Z', reason),
    ]),
  });
  const context = (rights: Rights) => ({ definitions: [funnel], rights, asOf: '2026-03-01', timeZone: 'UTC' });
  const reasons = async (rights: Rights) => {
    const { data } = await gone.answer({ kind: 'funnel', funnel: 'line', details: ['reasons'] }, context(rights));
    return data?.kind === 'funnel' ? data.stages.map((stage) => stage.reasons) : [];
  };
  const named = [{ reason: 'fit.size', label: 'Outside size', count: 2 }];
  expect(await reasons(OWNER_RIGHTS)).toEqual([
    [],
    [{ outcome: 'disqualified', named: [...named, { reason: 'asked Ann', count: 1 }], others: 0, none: 1 }],
    [],
  ]);
  // What was written of one record would single it out.
  expect((await reasons({ ...OWNER_RIGHTS, caps: [] }))[1]).toEqual([
    { outcome: 'disqualified', named, others: 1, none: 1 },
  ]);
  const list = async (question: Partial<RecordsQuestion>) => {
    const asked: RecordsQuestion = { kind: 'records', funnel: 'line', stage: 'mql', sort: { by: 'id' }, ...question };
    const { data, message } = await gone.answer(asked, context(OWNER_RIGHTS));
    return data?.kind === 'records' ? data.records.map(({ id, reason }) => [id, reason]) : message;
  };
  expect(await list({ outcome: 'disqualified', reason: 'fit.size' })).toEqual([
    ['p0', 'fit.size'],
    ['p1', 'fit.size'],
  ]);
  expect(await list({ outcome: 'disqualified', reason: null })).toEqual([['p3', null]]);
  expect(await list({ outcome: 'disqualified' })).toHaveLength(4);
  expect(await list({ reason: 'fit.size' })).toContain('name one of them as outcome');
});
