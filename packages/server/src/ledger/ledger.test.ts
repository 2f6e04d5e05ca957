import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { COG, commandOn, give, MARKETER, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { openDatabase } from './database.ts';

test('a ledger is there again after a restart, with what is known of people; who is forgotten is forgotten', async () => {
  const folder = await temporaryFolder();
  const first = await openTestKeeper(folder);
  await offer(first, 'H1');
  await offer(first, 'H2');
  const accept = commandOn('H1', 'accept', {}, 2);
  expect(await give(first, SERVO, accept)).toMatchObject({ status: 'done', version: 3 });
  await first.forget('p-H2');
  const states = [...first.desk.handoffs()];
  await first.close();
  const again = await openTestKeeper(folder);
  expect([...again.desk.handoffs()]).toEqual(states);
  expect(again.version).toBe(5);
  expect([again.desk.lead('p-H1')?.name, again.desk.lead('p-H2')]).toEqual(['Cam Demoson', undefined]);
  // The same command again, as after an answer that was lost.
  expect(await give(again, SERVO, accept)).toMatchObject({ status: 'done', version: 3 });
  expect(again.version).toBe(5);
  await again.close();
});

test('of many who accept at once one wins, also when they share a commit', async () => {
  const keeper = await openTestKeeper(await temporaryFolder());
  for (let round = 0; round < 10; round += 1) {
    const id = `R${round}`;
    await offer(keeper, id);
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, i) => give(keeper, i % 2 === 0 ? SERVO : COG, commandOn(id, 'accept', {}, 2))),
    );
    const done = outcomes.filter(({ status }) => status === 'done');
    // A double click of the winner is done too, and adds nothing.
    expect(new Set(done.map(({ version }) => version))).toEqual(new Set([3]));
    expect(outcomes.filter(({ status }) => status === 'conflict').length).toBe(20);
    expect(keeper.desk.log(id).length).toBe(3);
  }
  await keeper.close();
});

test('what another process kept first is known before the next event is decided', async () => {
  const folder = await temporaryFolder();
  const logged: unknown[] = [];
  const keeper = await openTestKeeper(folder, logged);
  await offer(keeper, 'H1');
  const other = await openTestKeeper(folder);
  await give(other, COG, commandOn('H1', 'accept', {}, 2));
  await other.close();
  const [accept, draft] = await Promise.all([
    give(keeper, SERVO, commandOn('H1', 'accept', {}, 2)),
    give(keeper, MARKETER, commandOn('H3', 'draft', { personId: 'p' }, 0)),
  ]);
  expect(accept).toMatchObject({ status: 'conflict', version: 3, by: { name: 'Cog Beispiel' } });
  expect(draft).toMatchObject({ status: 'done' });
  expect([keeper.version, logged]).toEqual([4, []]);
  await keeper.close();
});

test('what could not be kept did not happen, and the next command works', async () => {
  const folder = await temporaryFolder();
  const logged: unknown[] = [];
  const keeper = await openTestKeeper(folder, logged);
  await offer(keeper, 'H1');
  const disk = new DatabaseSync(join(folder, 'ledger.sqlite'));
  disk.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
  const accept = commandOn('H1', 'accept', {}, 2);
  await expect(give(keeper, SERVO, accept)).rejects.toThrow('did not happen');
  expect([logged.length, keeper.desk.log('H1').length]).toEqual([1, 2]);
  disk.exec('DROP TRIGGER full');
  disk.close();
  expect(await give(keeper, SERVO, accept)).toMatchObject({ status: 'done', version: 3 });
  await keeper.close();
});

test('the log only grows, an older file is brought forward, and a newer one is refused', async () => {
  const folder = await temporaryFolder();
  const keeper = await openTestKeeper(folder);
  await offer(keeper, 'H1');
  await keeper.close();
  const path = join(folder, 'ledger.sqlite');
  const raw = new DatabaseSync(path);
  expect(() => raw.exec("UPDATE events SET at = '2020-01-01T00:00:00Z'")).toThrow('only grows');
  expect(() => raw.exec('DELETE FROM events')).toThrow('only grows');
  raw.close();
  const old = join(folder, 'old.sqlite');
  openDatabase(old, ['CREATE TABLE one (a INTEGER) STRICT']).close();
  const forward = openDatabase(old, ['CREATE TABLE one (a INTEGER) STRICT', 'CREATE TABLE two (b INTEGER) STRICT']);
  expect(forward.prepare('SELECT count(*) AS n FROM two').get()).toMatchObject({ n: 0 });
  forward.exec('PRAGMA user_version = 7');
  forward.close();
  expect(() => openDatabase(old)).toThrow(/newer Sama \(version 7 of its tables; this one reads up to 2\)/);
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 9');
  newer.close();
  await expect(openTestKeeper(folder)).rejects.toThrow('newer Sama');
});
