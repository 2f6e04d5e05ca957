import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { backupCommand, restoreCommand } from '../cli/backup.ts';
import { run } from '../cli/run.ts';
import { Outbox } from '../escalation/outbox.ts';
import { openDatabase } from '../ledger/database.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { commandOn, give, MARKETER, offer, openTestKeeper } from '../testing/ledgers.ts';
import { openStore } from '../store/index.ts';
import { ALL } from '../testing/sign-in.ts';
import { batchOf, person, temporaryFolder, testStore } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { backUp } from './backup.ts';
import { MANIFEST_FILE } from './manifest.ts';
import { restore } from './restore.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';

const OPTIONS = { version: '0.1.0', sharedLedger: false };

let model: { folder: string; secret: string };

beforeAll(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'sama-backup-')), 'store');
  const store = await openStore(folder, { threads: 1 });
  await store.importChunks(batchOf('first'), [person('p1')]);
  await store.close();
  const keyring = await Keyring.open(folder);
  const { secret } = await keyring.add('host', 'HS256', ALL);
  await keyring.close();
  await (await Outbox.open(fileDatabases(folder))).close();
  await mkdir(join(folder, 'sync', 'hubspot'), { recursive: true });
  await writeFile(join(folder, 'sync', 'hubspot', 'state.json'), '{}');
  model = { folder, secret };
});
afterAll(() => rm(join(model.folder, '..'), { recursive: true }));

/** A store with a batch, keys and an outbox, and the place it is in. */
async function filled() {
  const place = await temporaryFolder();
  const folder = join(place, 'store');
  await cp(model.folder, folder, { recursive: true });
  return { place, folder, secret: model.secret };
}

/** All hand-offs of a ledger as they stand, and how many events made them. */
async function replayed(folder: string) {
  const keeper = await openTestKeeper(folder);
  try {
    return { version: keeper.version, states: [...keeper.desk.book.all()].map(({ id, now }) => ({ id, now })) };
  } finally {
    await keeper.close();
  }
}

test('a backup made while commands and imports come in holds all that was acknowledged before it', async () => {
  const { place, folder } = await filled();
  const store = await testStore(folder);
  const keeper = await openTestKeeper(folder);
  for (let i = 0; i < 20; i += 1) await offer(keeper, `H${i}`);
  const acknowledged = keeper.version;
  const over = new AbortController();
  const commands = (async () => {
    for (let i = 0; !over.signal.aborted; i += 1)
      await give(keeper, MARKETER, commandOn(`L${i}`, 'draft', { personId: `p-L${i}` }, 0));
  })();
  const imports = (async () => {
    for (let i = 0; !over.signal.aborted; i += 1) {
      const { info } = await store.importChunks(batchOf(`b${i}`), [person(`q${i}`)]);
      if (i % 2 === 1) await store.undo(info.batch);
    }
  })();
  await Promise.resolve();
  const manifest = await backUp(folder, join(place, 'backup'), OPTIONS);
  over.abort();
  await Promise.all([commands, imports]);
  const live = keeper.version;
  const states = new Map([...keeper.desk.book.all()].map(({ id, now }) => [id, now]));
  await keeper.close();

  const target = join(place, 'restored');
  await restore(join(place, 'backup'), target);
  const again = await replayed(target);
  expect(again.version).toBe(manifest.ledger.kept === 'here' ? manifest.ledger.events : -1);
  expect(again.version).toBeGreaterThanOrEqual(acknowledged);
  expect(again.version).toBeLessThanOrEqual(live);
  // Each command was on a hand-off of its own, so what is there is as it still is.
  expect(again.states.length).toBeGreaterThanOrEqual(20);
  for (const { id, now } of again.states) expect(now).toEqual(states.get(id));

  const copy = await testStore(target);
  const batches = await copy.batches();
  expect(batches[0]?.contentHash).toMatch(/^first/);
  expect(await copy.reader().all('SELECT count(*)::INT AS n FROM records')).toEqual([{ n: batches.length }]);
  // Numbers are never given twice.
  const { info } = await copy.importChunks(batchOf('next'), [person('z')]);
  expect(info.seq).toBeGreaterThan(Math.max(...batches.map(({ seq }) => seq)));
  await access(join(target, 'sync', 'hubspot', 'state.json'));
});

test('keys stay closed to others, in the backup and in what is restored, and still let in', async () => {
  const { place, folder, secret } = await filled();
  const backup = join(place, 'backup');
  await backUp(folder, backup, OPTIONS);
  await restore(backup, join(place, 'restored'));
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  expect(await modeOf(backup)).toBe(0o700);
  for (const at of [backup, join(place, 'restored')]) expect(await modeOf(join(at, 'access.sqlite'))).toBe(0o600);
  const keyring = await Keyring.open(join(place, 'restored'));
  onTestFinished(() => keyring.close());
  expect(keyring.keys().map((key) => key.secret)).toEqual([secret]);
});

test('a backup that is damaged anywhere is refused, and nothing is changed', async () => {
  const { place, folder } = await filled();
  const backup = join(place, 'backup');
  const { files } = await backUp(folder, backup, OPTIONS);
  expect(files.map(({ path }) => path)).toContain('access.sqlite');
  for (const { path } of files) {
    const at = join(backup, path);
    const whole = await readFile(at);
    const other = Buffer.from(whole);
    const middle = Math.floor(other.length / 2);
    other.writeUInt8(other.readUInt8(middle) ^ 1, middle);
    await writeFile(at, other);
    await expect(restore(backup, join(place, 'restored'))).rejects.toThrow(`damaged: ${path}`);
    await truncate(at, whole.length - 1);
    await expect(restore(backup, join(place, 'restored'))).rejects.toThrow(`damaged: ${path}`);
    await writeFile(at, whole);
  }
  expect((await readdir(place)).toSorted()).toEqual(['backup', 'store']);
  await restore(backup, join(place, 'restored'));
});

test('what was written by a newer Sama, or leads out of the backup, is refused', async () => {
  const { place, folder } = await filled();
  const backup = join(place, 'backup');
  const manifest = await backUp(folder, backup, OPTIONS);
  const file = { bytes: 0, sha256: '0'.repeat(64), mode: 0o644 };
  const cases: [changes: object, message: RegExp][] = [
    [{ v: 2 }, /newer Sama/],
    [{ storeVersion: 99 }, /The store of the backup was written by a newer Sama.*reads up to 2/],
    [{ databases: { 'ledger.sqlite': 99 } }, /ledger\.sqlite of the backup was written by a newer/],
    [{ files: [{ path: '../evil', ...file }] }, /is damaged: files/],
    [{ files: [{ path: '/etc/x', ...file }] }, /is damaged: files/],
    [{ files: [{ path: 'a\\..\\b', ...file }] }, /is damaged: files/],
    [{ databases: { '../x.sqlite': 1 } }, /is damaged: databases/],
  ];
  for (const [changes, message] of cases) {
    await writeFile(join(backup, MANIFEST_FILE), JSON.stringify({ ...manifest, ...changes }));
    await expect(restore(backup, join(place, 'restored'))).rejects.toThrow(message);
  }
  expect((await readdir(place)).toSorted()).toEqual(['backup', 'store']);
});

test('what is there is replaced only by force, kept beside, and never under a server', async () => {
  const { place, folder } = await filled();
  const store = await testStore(folder);
  const backup = join(place, 'backup');
  await backUp(folder, backup, OPTIONS);
  await expect(backUp(folder, backup, OPTIONS)).rejects.toThrow('is not empty');
  await expect(backUp(folder, join(folder, 'inside'), OPTIONS)).rejects.toThrow('in the store itself');
  await expect(backUp(join(place, 'none'), join(place, 'b2'), OPTIONS)).rejects.toThrow('no store of Sama');
  await store.importChunks(batchOf('second'), [person('p2')]);
  await expect(restore(backup, folder)).rejects.toThrow('is not empty');
  const keeper = await openTestKeeper(folder);
  await expect(restore(backup, folder, { force: true })).rejects.toThrow('A server is at work');
  await keeper.command(commandOn('H', 'draft', { personId: 'p' }, 0), MARKETER, OWNER_RIGHTS, { timeZone: 'UTC' });
  await keeper.close();
  const { before = '' } = await restore(backup, folder, { force: true });
  expect(await (await testStore(folder)).batches()).toHaveLength(1);
  expect(await (await testStore(before)).batches()).toHaveLength(2);
});

test('a newer table in the store is in the backup and refused when it comes back', async () => {
  const { place, folder } = await filled();
  openDatabase(join(folder, 'ledger.sqlite'), ['CREATE TABLE events (seq)', '', 'SELECT 1']).close();
  await backUp(folder, join(place, 'backup'), OPTIONS);
  await expect(restore(join(place, 'backup'), join(place, 'restored'))).rejects.toThrow(/version 3; this one reads up/);
});

test('the commands say what they did, and that a ledger in PostgreSQL is elsewhere', async () => {
  const { place, folder } = await filled();
  const sama = async (command: typeof backupCommand, ...args: readonly string[]) => {
    const terminal = recordedTerminal();
    return { code: await run(command(terminal), args, terminal), said: terminal.written.err };
  };
  const backup = join(place, 'backup');
  const made = await sama(backupCommand, backup, '--store', folder);
  expect(made).toEqual({ code: 0, said: expect.stringContaining('1 batch and 0 events of the ledger') });
  const restored = await sama(restoreCommand, backup, '--store', folder);
  expect(restored).toEqual({ code: 1, said: expect.stringContaining('say --force') });
  expect(await sama(restoreCommand, join(place, 'nowhere'))).toMatchObject({ code: 1 });
  process.env['SAMA_LEDGER_URL'] = 'postgresql://sama:secret@db.example/sama';
  onTestFinished(() => void delete process.env['SAMA_LEDGER_URL']);
  const shared = await sama(backupCommand, join(place, 'other'), '--store', folder);
  expect(shared.said).toContain('Ledger, keys, notices and snapshots are in PostgreSQL and not in this backup');
  expect(shared.said).not.toContain('secret');
});
