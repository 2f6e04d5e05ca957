import { expect, test } from 'vitest';
import { type AnswerContext, type KpiDefinition, type KpiQuestion, OWNER_RIGHTS } from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';

const kpi = (id: string, agreed: boolean, more: Partial<KpiDefinition> = {}): KpiDefinition => ({
  kind: 'kpi',
  id,
  version: '1.0.0',
  owners: ['sales'],
  revenuePath: ['revenue'],
  formula: { measure: { of: 'opportunity', aggregates: ['count'] }, during: 'attributes.closed' },
  ...(agreed ? { agreedBy: [{ team: 'sales', by: 'S', at: '2026-01-01T00:00:00Z' }] } : {}),
  ...more,
});

const context: AnswerContext = {
  definitions: [kpi('b', true), kpi('draft', false), kpi('a', true), kpi('b', true, { version: '1.1.0' })],
  rights: OWNER_RIGHTS,
  asOf: '2027-01-01T00:00:00Z',
  timeZone: 'Europe/Berlin',
};
const engine = createMemoryEngine({ records: [], events: [] });

test('without kpis it is the scorecard: the newest that are agreed, in the order of their definitions', async () => {
  const { data } = await engine.answer({ kind: 'kpi', period: '2026-01' }, context);
  expect(data).toMatchObject({ kpis: [{ id: 'b', definition: { version: '1.1.0' } }, { id: 'a' }] });
  const none = await engine.answer({ kind: 'kpi' }, { ...context, definitions: [kpi('draft', false)] });
  expect(none).toMatchObject({ code: 'unknown-definition', message: expect.stringContaining('name those to show') });
});

test.each([
  ['2026', 'month', 12, []],
  // The quarter begins on a Thursday and ends on a Tuesday.
  ['2026-Q1', 'week', 14, [0, 13]],
  ['2026-02', 'week', 5, [0, 4]],
  ['2026-W05', 'day', 7, []],
  ['2020-01-01/2026-01-01', 'year', 6, []],
])('auto cuts %s by %s', async (period, step, n, cut) => {
  const { data } = await engine.answer({ kind: 'kpi', kpis: ['a'], period, trend: 'auto' }, context);
  const trend = data?.kind === 'kpi' ? (data.kpis[0]?.trend ?? []) : [];
  expect(data).toMatchObject({ trend: step });
  expect(trend).toHaveLength(n);
  expect(trend.flatMap(({ partial }, i) => (partial === true ? [i] : []))).toEqual(cut);
});

test('a step that has not ended is not whole', async () => {
  const question: KpiQuestion = { kind: 'kpi', kpis: ['a'], period: '2026', trend: 'auto' };
  const { data } = await engine.answer(question, { ...context, asOf: '2026-03-10T12:00:00Z' });
  const trend = data?.kind === 'kpi' ? (data.kpis[0]?.trend ?? []) : [];
  expect(trend.map(({ partial }) => partial === true)).toEqual([false, false, true]);
});

test('auto has no trend without a period, and a reader of some rows is told so', async () => {
  const rights = { ...OWNER_RIGHTS, rows: { field: 'attributes.size', eq: 'large' } };
  const envelope = await engine.answer({ kind: 'kpi', kpis: ['a'], trend: 'auto' }, { ...context, rights });
  expect(envelope.data).not.toHaveProperty('trend');
  expect(envelope.warnings).toContainEqual({ code: 'row-filter' });
});
