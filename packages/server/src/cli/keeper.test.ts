import { FunnelEnvelope, MarkList, Meta, OWNER_RIGHTS, RecordsEnvelope, type Command } from '@sama/metrics/contracts';
import { postgresql, readingFrom } from '@sama/sql';
import { expect, onTestFinished, test } from 'vitest';
import { saidBeside } from '../engine/said.ts';
import { createSqlEngine } from '../engine/sql-engine.ts';
import { doorOf } from '../ledger/index.ts';
import { frameOf } from '../http/answer.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { commandOn, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { batchOf, person, temporaryFolder } from '../testing/stores.ts';
import { deskOver } from './keeper.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const NOTE: Command = {
  v: 1,
  commandId: 'note',
  target: 'fair',
  type: 'annotation.add',
  expectedVersion: 0,
  payload: { at: '2026-03-02', text: 'trade fair' },
};
/** Who is told everything, but of small groups. */
const READER = { rights: OWNER_RIGHTS, scopes: ['*'], actor: SERVO };

/** A PostgreSQL in this process with the same person, which is only read. */
async function others(): Promise<Workspace['outside']> {
  const database = await PostgresTables.open();
  onTestFinished(() => database.close());
  const { records, events } = person('p-H1');
  return {
    over: (stages) =>
      createSqlEngine(
        {
          use: (work, said) => {
            const read = readingFrom({ said }, postgresql);
            return database.holding(records, events, (reader) =>
              work({ all: (statement) => reader.all(read(statement)) }),
            );
          },
        },
        postgresql,
        { said: saidBeside(stages, () => undefined).text },
      ),
  };
}

/** A store with one person, of whom the ledger has a hand-off, behind an application. */
async function served(outside?: Workspace['outside']) {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace({ store: folder, timeZone: 'UTC' }, () => undefined);
  onTestFinished(() => workspace.close());
  await workspace.store.importChunks(batchOf('one'), [person('p-H1')]);
  await workspace.refresh();
  const keeper = await openTestKeeper(folder);
  onTestFinished(() => keeper.close());
  await offer(keeper, 'H1');
  const desk = deskOver({ ...workspace, outside }, keeper);
  const { app } = testApp({
    ...desk,
    ledger: doorOf(keeper),
    signIn: developmentSignIn(SERVO),
  });
  const ask = async (question: unknown) => {
    let response = await app.request(`/v1/query?q=${encode(question)}`);
    // A slow machine is told to come again.
    while (response.status === 202) response = await app.request(`/v1/query?q=${encode(question)}`);
    return { etag: response.headers.get('etag'), body: await response.json() };
  };
  /** Where the person stands, by a funnel and by the records behind its mark, and what names the data. */
  const look = async () => {
    const funnel = await ask({ kind: 'funnel', funnel: 'lead-to-won', view: 'snapshot' });
    const { data, annotation } = FunnelEnvelope.parse(funnel.body);
    const stages = [...(data?.stages ?? []), ...(data?.side ?? [])];
    const standing = stages.flatMap(({ key, count }) => (count === 1 ? [key] : []));
    const [stage = ''] = standing;
    const behind = await ask({ kind: 'records', funnel: 'lead-to-won', view: 'snapshot', stage });
    const meta = Meta.parse(await (await app.request('/v1/meta')).json());
    const ids = RecordsEnvelope.parse(behind.body).data?.records.map(({ id }) => id);
    return { standing, ids, etag: funnel.etag, version: meta.dataVersion, annotation };
  };
  const send = async (command: Command) => (await app.request('/v1/commands', post(command))).status;
  return { workspace, desk, app, look, send };
}

test('a command moves a funnel, the records behind it and the version of the data at once, and an undo moves them back', async () => {
  const { workspace, desk, app, look, send } = await served();
  const before = await look();
  expect(before).toMatchObject({ standing: ['mql'], ids: ['p-H1'] });
  expect(await send(commandOn('H1', 'accept', {}, 2))).toBe(200);
  const accepted = await look();
  expect(accepted).toMatchObject({ standing: ['sal'], ids: ['p-H1'] });
  expect(await send(commandOn('H1', 'note', { text: 'called' }, 3))).toBe(200);
  expect((await look()).version, 'a note is nothing to a funnel').toBe(accepted.version);
  expect(await send(commandOn('H1', 'return', { missing: [{ element: 'missing.phone' }] }, 4))).toBe(200);
  const returned = await look();
  expect(returned).toMatchObject({ standing: ['returned'] });
  expect(await send(commandOn('H1', 'undo', {}, 5))).toBe(200);
  const undone = await look();
  expect(undone).toMatchObject({ standing: ['sal'], ids: ['p-H1'] });
  const all = [before, accepted, returned, undone];
  expect(new Set(all.map(({ version }) => version)).size).toBe(4);
  expect(new Set(all.map(({ etag }) => etag)).size).toBe(4);

  // What is written beside a chart comes with its answers, as soon as it is written.
  expect(await send(NOTE)).toBe(200);
  const noted = await look();
  expect(noted.version).not.toBe(undone.version);
  expect(noted.annotation).toEqual([{ at: '2026-03-02', kind: 'event', text: 'trade fair' }]);
  const csv = await (await app.request('/v1/audit?format=csv')).text();
  expect(csv.split('\r\n')[7]).toMatch(/^7,annotation,fair,1,note,/);
  expect((await app.request('/v1/audit?format=xml')).status).toBe(422);
  expect(MarkList.parse(await (await app.request('/v1/annotations')).json()).marks).toMatchObject([
    { id: 'fair', text: 'trade fair' },
  ]);

  // Two answers around one hand-off would tell of one person.
  const hidden = frameOf(desk, { ...READER, suppress: 5 });
  expect(hidden.dataVersion).toBe(workspace.desk.dataVersion());
  expect(frameOf(desk, { ...READER, suppress: 0 }).dataVersion).toBe(noted.version);

  // A new generation has the same ledger over it.
  await workspace.store.importChunks(batchOf('two'), [person('p-H2')]);
  expect(await look()).toMatchObject({ standing: ['mql', 'sal'], ids: ['p-H2'] });
});

test('over the data of others a command moves the funnel as well, and an undo moves it back', async () => {
  const { desk, look, send, workspace } = await served(await others());
  expect(await send(commandOn('H1', 'accept', {}, 2))).toBe(200);
  const accepted = await look();
  expect(accepted).toMatchObject({ standing: ['sal'], ids: ['p-H1'] });
  expect(await send(NOTE)).toBe(200);
  expect(await send(commandOn('H1', 'undo', {}, 3))).toBe(200);
  const undone = await look();
  expect(undone).toMatchObject({ standing: ['mql'], ids: ['p-H1'] });
  expect(undone.annotation).toHaveLength(1);
  expect(undone.etag).not.toBe(accepted.etag);
  expect(frameOf(desk, { ...READER, suppress: 5 }).dataVersion).toBe(workspace.desk.dataVersion());
});
