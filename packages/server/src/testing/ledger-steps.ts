import { TRANSITIONS, type HandoffAction } from '@sama/metrics/handoff';
import type { Example } from '@sama/metrics/testing';
import * as fc from 'fast-check';
import { Keeper } from '../ledger/index.ts';
import { commandOn, give, MARKETER, SERVO, testSetup } from './ledgers.ts';
import { memoryShelf } from './memory-shelf.ts';

const ACTIONS: readonly HandoffAction[] = [
  { type: 'handoff.draft', payload: { personId: 'P1' } },
  { type: 'handoff.offer', payload: { pool: 'pool-dach' } },
  { type: 'handoff.accept', payload: {} },
  { type: 'handoff.qualify', payload: {} },
  { type: 'handoff.return', payload: { missing: [{ element: 'missing.phone' }] } },
  { type: 'handoff.resubmit', payload: { answers: [{ element: 'missing.phone', answer: 'completed' }] } },
  { type: 'handoff.recycle', payload: { reason: 'timing.later', reviewOn: '2099-09-01' } },
  { type: 'handoff.disqualify', payload: { reason: 'fit.size' } },
];
const UNDO: HandoffAction = { type: 'handoff.undo', payload: {} };

/** What somebody does at a later moment, perhaps at the very moment of an event of the records. */
export const step = fc.record({
  person: fc.constantFrom('P1', 'P2', 'P2', 'P3', 'X9'),
  action: fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant('undo' as const) }),
  wait: fc.constantFrom(0, 1, 3_600_000, 86_400_000, 864_000_000, 'event' as const),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A ledger whose clock moves with its steps. */
export async function ledgerOf({ world }: Example) {
  const instants = world.events.flatMap(({ at }) => (at.length > 10 ? [Date.parse(at)] : [])).toSorted((a, b) => a - b);
  let now = Date.parse(world.frame.asOf ?? '') - 60 * 86_400_000;
  const keeper = await Keeper.open(memoryShelf(), {
    setup: testSetup,
    now: () => new Date(now).toISOString(),
    log: () => undefined,
  });
  const play = async ({ person, action: choice, wait }: Step): Promise<void> => {
    now = wait === 'event' ? (instants.find((at) => at > now) ?? now) : now + wait;
    const { desk } = keeper;
    const id = `H-${person}`;
    const status = desk.book.get(id)?.status;
    const fitting = ACTIONS.filter(({ type }) =>
      status === undefined ? type === 'handoff.draft' : TRANSITIONS[type].from.includes(status),
    );
    const { type, payload } = (choice === 'undo' ? undefined : fitting[choice % fitting.length]) ?? UNDO;
    const log = desk.log(id);
    const by =
      type === 'handoff.undo'
        ? (log.at(-1)?.by ?? SERVO)
        : ['handoff.draft', 'handoff.offer', 'handoff.resubmit'].includes(type)
          ? MARKETER
          : SERVO;
    await keeper.keepLead({ id: person, name: 'Cam Demoson', attributes: {} });
    await give(
      keeper,
      by,
      commandOn(
        id,
        type.slice('handoff.'.length),
        type === 'handoff.draft' ? { personId: person } : payload,
        log.length,
      ),
    );
  };
  return { keeper, play };
}
