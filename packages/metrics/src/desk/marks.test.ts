import { expect, test } from 'vitest';
import { OWNER_RIGHTS, type Command, type FunnelQuestion } from '../contracts/index.ts';
import { DEFAULT_DEFINITIONS } from '../definitions/index.ts';
import { createMemoryDesk } from './index.ts';

const MIA = { id: 'mia', name: 'Mia', team: 'marketing', role: 'marketing' } as const;
const SAM = { id: 'sam', name: 'Sam', team: 'sales', role: 'seller' } as const;
const NOTE = { at: '2026-06-10', text: 'trade fair', kind: 'campaign' };
const PLAN = {
  at: '2026-06-12T09:00:00Z',
  text: 'call within a day',
  owner: 'sam',
  dueOn: '2026-09-01',
  success: 'SAL rate above half',
};

/** A desk with one person's history, at which people sit. */
function seats() {
  let [now, commands] = [Date.parse('2026-06-15T12:00:00Z'), 0];
  const { engine, sit, desk } = createMemoryDesk({
    staff: { sellers: [], pools: [] },
    now: () => new Date(now).toISOString(),
    data: {
      events: [
        {
          entityId: 'P1',
          entityType: 'person',
          stage: 'lead',
          at: '2026-06-01',
          source: { system: 'crm', recordId: 'r' },
          batch: 'b',
        },
      ],
    },
  });
  const seat = (reader: typeof MIA | typeof SAM, scopes = ['*']) => {
    const { context, ledger } = sit({
      reader,
      rights: { ...OWNER_RIGHTS, scopes },
      definitions: DEFAULT_DEFINITIONS,
      timeZone: 'Europe/Berlin',
    });
    const answer = (part: Partial<FunnelQuestion> = {}) =>
      engine.answer({ kind: 'funnel', funnel: 'lead-to-won', ...part }, context());
    const give = (type: string, target: string, expectedVersion: number, payload: Command['payload'] = {}) => {
      commands += 1;
      return ledger.command({ v: 1, commandId: `c${commands}`, target, type, payload, expectedVersion });
    };
    const shown = async (part: Partial<FunnelQuestion> = {}) =>
      (await answer(part)).annotation?.map(({ text }) => text) ?? [];
    return { give, shown, answer, ledger };
  };
  return { seat, desk, later: (minutes: number) => void (now += minutes * 60_000) };
}

test('answers carry the annotations and decisions of their definition and period, as long as they stand', async () => {
  const { seat, desk } = seats();
  const [mia, sam] = [seat(MIA), seat(SAM)];
  let heard = 0;
  sam.ledger.subscribe('data', () => (heard += 1));
  expect(await mia.give('annotation.add', 'fair', 0, NOTE)).toMatchObject({
    status: 'done',
    version: 1,
    state: { kind: 'campaign', by: { id: 'mia' } },
  });
  expect(await mia.give('decision.take', 'calls', 0, { ...PLAN, of: 'lead-to-won' })).toMatchObject({ status: 'done' });
  expect(await mia.give('annotation.add', 'elsewhere', 0, { ...NOTE, text: 'elsewhere', of: 'another' })).toMatchObject(
    { status: 'done' },
  );
  expect(await mia.give('annotation.add', 'soon', 0, { ...NOTE, text: 'soon', at: '2026-06-16' })).toMatchObject({
    status: 'done',
  });
  expect(await sam.shown()).toEqual(['trade fair', 'call within a day']);
  expect((await sam.answer()).annotation?.[1]).toEqual({
    at: PLAN.at,
    kind: 'decision',
    text: PLAN.text,
  });
  expect(await sam.shown({ period: '2026-06-11/2026-06-20' })).toEqual(['call within a day']);
  expect(await sam.shown({ period: '2026-05' })).toEqual([]);
  expect(await seat(SAM, ['funnel', 'handoffs']).shown()).toEqual([]);
  expect(heard).toBe(4);
  const before = desk.dataVersion;
  expect(await mia.give('annotation.remove', 'fair', 1)).toMatchObject({
    status: 'done',
    state: { status: 'removed' },
  });
  expect([await sam.shown(), desk.dataVersion]).toEqual([['call within a day'], before + 1]);
  expect(await mia.give('annotation.undo', 'fair', 2)).toMatchObject({
    status: 'done',
    version: 3,
    state: { status: 'stands' },
  });
  expect(await sam.shown()).toEqual(['trade fair', 'call within a day']);
});

test('an answer over a changed definition says that its numbers do not compare, as long as the change stands', async () => {
  const { seat } = seats();
  const mia = seat(MIA);
  const said = async (): Promise<unknown> => {
    const { flags, warnings } = await mia.answer({ period: '2026-06' });
    return [flags, warnings.map(({ code }) => code)].map(
      (all) => all.filter((one) => one === 'definition-break').length,
    );
  };
  await mia.give('annotation.add', 'fair', 0, NOTE);
  expect(await said()).toEqual([0, 0]);
  for (const target of ['mql', 'sql'])
    await mia.give('annotation.add', target, 0, { ...NOTE, kind: 'definition-break', text: `${target} is another` });
  expect(await said()).toEqual([1, 1]);
  for (const target of ['mql', 'sql']) await mia.give('annotation.remove', target, 1);
  expect(await said()).toEqual([0, 0]);
});

test('who comes second is told, others leave what is not theirs, and an undo has its time', async () => {
  const { seat, later } = seats();
  const [mia, sam] = [seat(MIA), seat(SAM)];
  await mia.give('annotation.add', 'fair', 0, NOTE);
  expect(await mia.give('annotation.add', 'fair', 0, { ...NOTE, text: 'another' })).toMatchObject({
    status: 'conflict',
    by: { id: 'mia' },
  });
  expect(await sam.give('annotation.change', 'fair', 1, NOTE)).toMatchObject({ status: 'refused', field: 'by.team' });
  expect(await sam.give('annotation.undo', 'fair', 1)).toMatchObject({ status: 'refused', field: 'by.id' });
  expect(await sam.give('decision.withdraw', 'fair', 1, { reason: 'no' })).toMatchObject({
    status: 'refused',
    field: 'target',
  });
  expect(await mia.give('annotation.change', 'fair', 1, { ...NOTE, at: 'June' })).toMatchObject({
    status: 'refused',
    field: 'command.payload.at',
  });
  expect(await seat(MIA, ['handoffs']).give('annotation.remove', 'fair', 1)).toMatchObject({
    status: 'refused',
    field: 'scopes',
  });
  await mia.give('decision.take', 'calls', 0, PLAN);
  // Who is to do it says how it went.
  expect(await sam.give('decision.conclude', 'calls', 1, { outcome: 'reached' })).toMatchObject({
    status: 'done',
    state: { status: 'concluded', conclusion: { outcome: 'reached' } },
  });
  expect(await mia.give('decision.change', 'calls', 2, PLAN)).toMatchObject({ status: 'refused', field: 'type' });
  later(16);
  expect(await sam.give('decision.undo', 'calls', 2)).toMatchObject({ status: 'refused', field: 'at' });
});
