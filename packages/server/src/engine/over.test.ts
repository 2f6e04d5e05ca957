import { join } from 'node:path';
import type { StageEvent } from '@sama/metrics/contracts';
import { TRANSITIONS, type HandoffAction } from '@sama/metrics/handoff';
import { agrees, arbitraryExample, oracleStatistics, type Example } from '@sama/metrics/testing';
import { lineTables } from '@sama/sql';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Keeper } from '../ledger/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { commandOn, give, MARKETER, SERVO, testSetup } from '../testing/ledgers.ts';
import { memoryShelf } from '../testing/memory-shelf.ts';
import { batchOf, temporaryFolder } from '../testing/stores.ts';
import { SqlCounter } from './counter.ts';
import { keepWhileBuilding } from './keep.ts';
import { stagesOver } from './over.ts';

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
const step = fc.record({
  person: fc.constantFrom('P1', 'P2', 'P2', 'P3', 'X9'),
  action: fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant('undo' as const) }),
  wait: fc.constantFrom(0, 1, 3_600_000, 86_400_000, 864_000_000, 'event' as const),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A ledger whose clock moves with its steps. */
async function ledgerOf({ world }: Example) {
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

const met = { done: 0, undone: 0, laid: 0, kept: 0, corrected: 0, doubled: 0, later: 0 };

/** Imports what was said already and what replaces it, as an export of the ledger that comes back. */
async function importBack(store: Store, said: readonly StageEvent[]): Promise<StageEvent[]> {
  const [first] = said;
  if (first === undefined) return [];
  const second = said.find((one) => one !== first && one.entityId === first.entityId);
  const events: StageEvent[] = [{ ...first, batch: 'x' }];
  met.doubled += 1;
  if (second !== undefined) {
    events.push({
      ...second,
      stage: 'won',
      source: { system: 'sama', recordId: 'corrected' },
      supersedes: second.source.recordId,
      batch: 'x',
    });
    met.corrected += 1;
  }
  await store.importChunks(batchOf('back'), [{ records: [], events }]);
  return events;
}

/** The steps after which is asked, beside the last; after the second with what was imported then. */
const [EARLY, BACK] = [5, 15];

/** The questions a store answers with a ledger over it are those to all that both say. */
async function differences(example: Example, steps: readonly Step[]): Promise<string[]> {
  const { world, plan } = example;
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, 'store'), {
    threads: 1,
    reader: { threads: 1 },
    afterBuild: keepWhileBuilding(() => [plan.line]),
  });
  const { keeper, play } = await ledgerOf(example);
  try {
    await store.importChunks(batchOf('world'), [{ records: world.records, events: world.events }]);
    const over = stagesOver(keeper.stages, () => [plan.line]);
    const wrong: string[] = [];
    const events = [...world.events];
    for (const [i, one] of steps.entries()) {
      await play(one);
      const said = [...keeper.desk.stageEvents()];
      if (i === BACK) events.push(...(await importBack(store, said)));
      if (i !== EARLY && i !== BACK && i < steps.length - 1) continue;
      let fromKept = false;
      const statistics = await store.reader().use(
        (session) =>
          new SqlCounter({
            stale: session.stale,
            all: ({ text, params }) => {
              fromKept ||= text.includes(`"${lineTables(plan.line).journeys}"`);
              return session.all(text, params);
            },
          }).funnel(plan),
        over,
      );
      const all = { ...world, events: [...events, ...said] };
      wrong.push(...(await agrees(oracleStatistics, () => statistics, all, plan)).map((text) => `after ${i}: ${text}`));
      met.laid += said.length > 0 ? 1 : 0;
      met.kept += fromKept && said.length > 0 ? 1 : 0;
      met.later += said.some(({ at }) => Date.parse(at) > plan.asOf) ? 1 : 0;
    }
    const logs = [...keeper.desk.logs().values()].flat();
    met.done += logs.length;
    met.undone += logs.filter(({ action }) => action.type === 'handoff.undo').length;
    return wrong;
  } finally {
    await keeper.close();
    await store.close();
  }
}

test('a store with a ledger over it counts what both say, after commands and undos, ties, corrections and doubles', async () => {
  const property = fc.asyncProperty(
    arbitraryExample().filter(({ world }) => world.frame.grain === 'person' || world.events.length > 5),
    fc.array(step, { minLength: 18, maxLength: 24 }),
    async (example, steps) => {
      expect(await differences(example, steps)).toEqual([]);
    },
  );
  const everything = (): boolean => Object.values(met).every((times) => times > 0);
  // Examples are random: some ten meet everything there is to meet nearly always, and more are tried until they do.
  for (let tried = 0; tried < 10 || (tried < 60 && !everything()); tried += 5)
    await fc.assert(property, { numRuns: 5 });
  console.info('the ledger over the store agreed with the oracle on', met);
  expect(everything(), JSON.stringify(met)).toBe(true);
});
