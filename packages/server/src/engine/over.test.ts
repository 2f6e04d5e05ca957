import { join } from 'node:path';
import type { StageEvent } from '@sama/metrics/contracts';
import { agrees, arbitraryExample, oracleStatistics, type Example, untilMet } from '@sama/metrics/testing';
import { lineTables } from '@sama/sql';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { ledgerOf, step, type Step } from '../testing/ledger-steps.ts';
import { batchOf, temporaryFolder } from '../testing/stores.ts';
import { SqlCounter } from './counter.ts';
import { keepWhileBuilding } from './keep.ts';
import { stagesOver } from './over.ts';

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
  // Some ten meet everything there is to meet nearly always.
  await untilMet(property, { numRuns: 10, met: everything });
  console.info('the ledger over the store agreed with the oracle on', met);
  expect(everything(), JSON.stringify(met)).toBe(true);
});
