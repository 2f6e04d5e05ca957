import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActivityEvent, EntityRecord, Figure, Mapping, StageEvent } from '@sama/metrics/contracts';
import { demoDefinitions } from '@sama/demo';
import * as fc from 'fast-check';
import { untilMet } from '@sama/metrics/testing';
import { expect, test } from 'vitest';
import { keepWhileBuilding, linesOf } from '../engine/keep.ts';
import { importFile } from '../import/index.ts';
import { batchOf, person, temporaryFolder, testStore } from '../testing/stores.ts';
import type { RecordChunk, Store } from './index.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const entityType = fc.constantFrom('person' as const, 'account' as const, 'opportunity' as const);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** The object without its undefined fields, as JSON has it. */
const said = <T>(value: T): T => JSON.parse(JSON.stringify(value));

const record: fc.Arbitrary<EntityRecord> = fc
  .record({
    entityType,
    id,
    personId: maybe(id),
    accountId: maybe(id),
    owner: maybe(fc.constantFrom('Ann', 'Bo')),
    attributes: fc.dictionary(fc.constantFrom('region', 'size'), fc.constantFrom('north', 5, null), { maxKeys: 2 }),
    batch: fc.constant('x'),
  })
  .map(said);

const event: fc.Arbitrary<StageEvent> = fc
  .record({
    entityType,
    entityId: id,
    stage: fc.constantFrom('lead', 'mql', 'opportunity', 'won', 'lost', 'nowhere'),
    at: fc.constantFrom('2026-03-01', '2026-03-01T09:00:00Z', '2026-03-02T09:00:00Z', '2026-03-05', '2026-09-01'),
    source: fc.record({ system: fc.constantFrom('crm', 'mail'), recordId: fc.constantFrom('1', '2', '3') }),
    supersedes: maybe(fc.constantFrom('1', '2', '3')),
    batch: fc.constant('x'),
  })
  .map(said);

const activity: fc.Arbitrary<ActivityEvent> = fc
  .record({
    name: fc.constantFrom('call', 'mail'),
    at: fc.constantFrom('2026-03-01', '2026-03-01T09:00:00Z'),
    personId: maybe(id),
    accountId: maybe(id),
    attributes: fc.dictionary(fc.constantFrom('channel'), fc.constantFrom('web', 'phone'), { maxKeys: 1 }),
    source: fc.record({ system: fc.constant('web'), recordId: fc.constantFrom('1', '2') }),
    batch: fc.constant('x'),
  })
  .map(said);

const figure: fc.Arbitrary<Figure> = fc
  .record({
    name: fc.constantFrom('spend', 'target'),
    from: fc.constantFrom('2026-01-01', '2026-02-01'),
    to: fc.constantFrom('2026-03-01', '2026-04-01'),
    value: fc.constantFrom(1, 2, 3.5),
    segment: maybe(fc.constantFrom('web', 'mail')),
    batch: fc.constant('x'),
  })
  .map(said);

const chunk: fc.Arbitrary<RecordChunk> = fc.record({
  records: fc.array(record, { maxLength: 4 }),
  events: fc.array(event, { minLength: 1, maxLength: 6 }),
  activities: fc.array(activity, { maxLength: 4 }),
  figures: fc.array(figure, { maxLength: 4 }),
});
/** A batch to add, or the place of one to take out. */
const step = fc.oneof({ weight: 3, arbitrary: chunk }, { weight: 1, arbitrary: fc.nat(5) });

const afterBuild = keepWhileBuilding(() => linesOf(demoDefinitions(), 'Europe/Berlin'));

/** The stages that a line's facts say are present are a set. */
function sorted(row: Record<string, unknown>): Record<string, unknown> {
  const { present } = row;
  return typeof present === 'string' ? { ...row, present: JSON.parse(present).toSorted() } : row;
}

/** Every table of the generation, without regard to the order of its rows. */
async function contents(store: Store): Promise<Record<string, unknown>> {
  return store.reader().use(async (session) => {
    const found: Record<string, unknown> = {};
    for (const row of await session.all('SELECT table_name AS name FROM duckdb_tables() ORDER BY name')) {
      const name = String(row['name']);
      const columns = name === 'batches' ? '* EXCLUDE (imported_at_ms)' : '*';
      const rows = name === 'meta' ? `meta WHERE key <> 'revised'` : `"${name}"`;
      found[name] = (await session.all(`SELECT ${columns} FROM ${rows} ORDER BY ALL`)).map(sorted);
    }
    return found;
  });
}

async function apply(store: Store, index: number, change: RecordChunk | number): Promise<void> {
  const batches = await store.batches();
  if (typeof change !== 'number') await store.importChunks(batchOf(`c${index}`), [change]);
  else if (batches.length > 0) await store.undo(batches[change % batches.length]?.batch ?? '');
}

test('a generation that is revised batch by batch holds what one built anew holds', async () => {
  let revisions = 0;
  await untilMet(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const store = await testStore(join(await temporaryFolder(), 'store'), { afterBuild, revise: Infinity });
      for (const [index, change] of steps.entries()) await apply(store, index, change);
      if ((store.current()?.revised ?? 0) > 0) revisions += 1;
      const revised = await contents(store);
      await store.rebuild();
      expect(revised).toEqual(await contents(store));
      await store.close();
    }),
    // A failure costs more to shrink than to read.
    { numRuns: 10, endOnFailure: true, met: () => revisions > 4 },
  );
  expect(revisions).toBeGreaterThan(4);
});

/** Files of records: two dates of one stage, a stage under a condition, one that no line knows, and rows in any order. */
const HISTORIES: Mapping = {
  source: 'crm',
  rows: 'records',
  entityType: 'person',
  id: 'id',
  stages: [
    { stage: 'lead', at: 'created' },
    { stage: 'mql', at: 'marketing' },
    { stage: 'mql', at: 'again' },
    { stage: 'won', at: 'closed', when: { column: 'state', in: ['Won'] } },
    { stage: 'lost', at: 'closed', when: { column: 'state', in: ['Lost', 'Gone'] } },
    { stage: 'nowhere', at: 'elsewhere' },
  ],
};
const moment = fc.constantFrom(
  '',
  '',
  '2026-03-01',
  '2026-03-01T09:00:00Z',
  '2026-03-02T09:00:00Z',
  '2026-03-05T10:00:00Z',
);
const history = fc.record({
  id: fc.integer({ min: 1, max: 40 }).map((n) => `p${n}`),
  created: moment,
  marketing: moment,
  again: moment,
  closed: moment,
  elsewhere: fc.constantFrom('', '', '', '2026-03-01T09:00:00Z'),
  state: fc.constantFrom('Won', 'Lost', 'Gone', 'Open', ''),
});

test('rows of whole histories become the lines that their events become', async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: 20, maxLength: 30 }), fc.nat(4), async (rows, without) => {
      const folder = await temporaryFolder();
      const file = join(folder, 'persons.csv');
      const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((cells) =>
        cells.join(','),
      );
      await writeFile(file, lines.join('\n'));
      const keep = keepWhileBuilding(() => linesOf(demoDefinitions(), 'Europe/Berlin'));
      const store = await testStore(join(folder, 'store'), {
        afterBuild: async (connection, what) => {
          if (what.histories !== undefined) known += 1;
          await keep(connection, what);
        },
      });
      const stages = (HISTORIES.stages ?? []).filter((_, index) => index !== without);
      await importFile(store, file, {
        mapping: { ...HISTORIES, stages },
        stages: ['lead', 'mql', 'won', 'lost', 'nowhere'],
        timeZone: 'Europe/Berlin',
      });
      const byRows = await contents(store);
      await store.rebuild();
      expect(byRows).toEqual(await contents(store));
      await store.close();
    }),
    { numRuns: 5, endOnFailure: true },
  );
  expect(known).toBeGreaterThan(0);
});

test('of alike activities the first stands, of alike figures the last, through any path and back by an undo', async () => {
  const call = (channel: string): ActivityEvent => ({
    name: 'call',
    at: '2026-03-01T09:00:00Z',
    personId: 'a',
    attributes: { channel },
    source: { system: 'web', recordId: '1' },
    batch: 'x',
  });
  const spend = (value: number): Figure => ({ name: 'spend', from: '2026-01-01', to: '2026-02-01', value, batch: 'x' });
  const held = async (store: Store): Promise<unknown[]> => {
    const reader = store.reader();
    return [
      await reader.all(`SELECT attributes ->> 'channel' AS channel, batch FROM activity_events`),
      await reader.all('SELECT value, batch FROM figures'),
    ];
  };
  for (const revise of [0, Infinity]) {
    const store = await testStore(join(await temporaryFolder(), 'store'), { revise });
    const first = await store.importChunks(batchOf('a'), [
      { records: [], events: [], activities: [call('web'), call('mail')], figures: [spend(1), spend(2)] },
    ]);
    expect(first.info).toMatchObject({ activities: 1, figures: 1 });
    const alone = [[{ channel: 'web', batch: first.info.batch }], [{ value: 2, batch: first.info.batch }]];
    expect(await held(store)).toEqual(alone);
    const second = await store.importChunks(batchOf('b'), [
      { records: [], events: [], activities: [call('phone')], figures: [spend(3)] },
    ]);
    expect(await held(store)).toEqual([alone[0], [{ value: 3, batch: second.info.batch }]]);
    await store.undo(first.info.batch);
    expect(await held(store)).toEqual([
      [{ channel: 'phone', batch: second.info.batch }],
      [{ value: 3, batch: second.info.batch }],
    ]);
    await store.undo(second.info.batch);
    expect(await held(store)).toEqual([[], []]);
    await store.close();
  }
});

test('only little is revised; then, and after a failure, the generation is built anew', async () => {
  let fail = false;
  const store = await testStore(join(await temporaryFolder(), 'store'), {
    revise: 0.5,
    afterBuild: async (_connection, { changed }) => {
      if (fail && changed !== undefined) throw new Error('no revision');
    },
  });
  const revised = (): number | undefined => store.current()?.revised;
  await store.importChunks(
    batchOf('a'),
    ['1', '2', '3', '4', '5'].map((id) => person(id)),
  );
  expect(revised()).toBe(0);
  const { info } = await store.importChunks(batchOf('b'), [person('1'), person('6')]);
  expect(revised()).toBe(4);
  await store.importChunks(batchOf('c'), [person('7'), person('8')]);
  expect(revised()).toBe(0);
  await store.undo(info.batch);
  expect(revised()).toBe(4);
  fail = true;
  await store.importChunks(batchOf('d'), [person('9')]);
  expect(revised()).toBe(0);
  expect(await store.reader().all('SELECT id FROM records ORDER BY id')).toHaveLength(8);
});
