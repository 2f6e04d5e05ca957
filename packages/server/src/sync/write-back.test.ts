import { join } from 'node:path';
import { ConnectorError, type WriteBack } from '@sama/connectors';
import type { DeskEvent } from '@sama/metrics/desk';
import { HandoffEvent, type HandoffAction } from '@sama/metrics/handoff';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/stores.ts';
import { decisionsOf } from './decisions.ts';
import { writeDecisions } from './write-back.ts';

/** A ledger of steps: the hand-off, the moment, the step. */
function ledgerOf(...steps: [target: string, at: string, action: HandoffAction][]): DeskEvent[] {
  const versions = new Map<string, number>();
  return steps.map(([target, at, action], index) => {
    const version = (versions.get(target) ?? 0) + 1;
    versions.set(target, version);
    const by = { id: 'ann', name: 'Ann', team: 'sales', role: 'seller' };
    return HandoffEvent.parse({ v: 1, commandId: `command-${index}`, target, version, by, at, action });
  });
}

const draft = (personId: string): HandoffAction => ({ type: 'handoff.draft', payload: { personId } });
const accept: HandoffAction = { type: 'handoff.accept', payload: {} };
const undo: HandoffAction = { type: 'handoff.undo', payload: {} };
const giveBack: HandoffAction = {
  type: 'handoff.return',
  payload: { missing: [{ element: 'budget', text: 'none named' }, { element: 'phone' }] },
};
const note: HandoffAction = { type: 'handoff.note', payload: { text: 'hm' } };

const EVENTS = ledgerOf(
  ['h1', '2026-06-01T10:00:00Z', draft('p1')],
  ['h2', '2026-06-01T10:00:00Z', draft('p2')],
  ['h3', '2026-06-01T10:00:00Z', draft('p3')],
  ['h1', '2026-06-01T22:30:00Z', accept],
  ['h2', '2026-06-02T10:00:00Z', accept],
  ['h2', '2026-06-02T11:00:00Z', undo],
  ['h2', '2026-06-02T12:00:00Z', giveBack],
  ['h3', '2026-06-02T13:00:00Z', accept],
  ['h3', '2026-06-02T14:00:00Z', note],
  ['h3', '2026-06-02T15:00:00Z', undo],
);

test('of each hand-off the last decision counts, on its day, without what was undone', () => {
  expect(decisionsOf(EVENTS, 0, 'Europe/Berlin')).toEqual([
    { personId: 'p1', decision: 'accepted', day: '2026-06-02' },
    { personId: 'p2', decision: 'returned', reason: 'budget: none named; phone', day: '2026-06-02' },
    { personId: 'p3', decision: 'accepted', day: '2026-06-02' },
  ]);
  expect(decisionsOf(EVENTS, 7, 'UTC').map(({ personId }) => personId)).toEqual(['p3']);
  expect(decisionsOf(EVENTS, EVENTS.length, 'UTC')).toEqual([]);
});

test('a decision near midnight is of the day it was where the company counts, east and west of UTC', () => {
  const dayOf = (at: string, timeZone: string) =>
    decisionsOf(ledgerOf(['h', '2026-06-01T10:00:00Z', draft('p')], ['h', at, accept]), 0, timeZone)[0]?.day;
  for (const [at, timeZone, day] of [
    ['2026-06-30T09:59:59.999Z', 'Pacific/Kiritimati', '2026-06-30'],
    ['2026-06-30T10:00:00.000Z', 'Pacific/Kiritimati', '2026-07-01'],
    ['2026-07-01T09:59:59.999Z', 'Pacific/Honolulu', '2026-06-30'],
    ['2026-07-01T10:00:00.000Z', 'Pacific/Honolulu', '2026-07-01'],
    // 45 minutes beside the hour, and the night in which the clock goes back.
    ['2026-06-30T18:14:59.999Z', 'Asia/Kathmandu', '2026-06-30'],
    ['2026-06-30T18:15:00.000Z', 'Asia/Kathmandu', '2026-07-01'],
    ['2026-10-25T22:59:59.999Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-10-24T22:00:00.000Z', 'Europe/Berlin', '2026-10-25'],
  ] as const)
    expect([at, timeZone, dayOf(at, timeZone)]).toEqual([at, timeZone, day]);
});

test('the first time nothing older is written; then each decision once, and a fault lets it begin there again', async () => {
  const folder = join(await temporaryFolder(), 'sync', 'hubspot');
  const asked: string[] = [];
  let fault: ConnectorError | undefined;
  const port: WriteBack = {
    write: async ({ personId }) => {
      if (fault !== undefined) throw fault;
      if (personId === 'p2') throw new ConnectorError('not-found', '"p2" is nobody there.');
      asked.push(personId);
      return { personId, status: 'written', fields: [] };
    },
  };
  const write = (events: readonly DeskEvent[], more: { all?: boolean; dryRun?: boolean } = {}) =>
    writeDecisions(folder, events, port, { timeZone: 'UTC', ...more });
  expect(await write(EVENTS.slice(0, 4))).toMatchObject({ begun: true, decisions: [] });
  expect((await write(EVENTS, { dryRun: true })).decisions.map(({ personId }) => personId)).toEqual(['p2', 'p3']);
  fault = new ConnectorError('quota', 'enough for today');
  await expect(write(EVENTS)).rejects.toThrow('enough for today');
  fault = undefined;
  expect(await write(EVENTS)).toMatchObject({
    begun: false,
    results: [{ personId: 'p3', status: 'written' }],
    notWritten: [{ personId: 'p2', reason: '"p2" is nobody there.' }],
  });
  expect(await write(EVENTS)).toMatchObject({ decisions: [] });
  expect(asked).toEqual(['p3']);
  await write(EVENTS, { all: true });
  expect(asked).toEqual(['p3', 'p1', 'p3']);
});
