import { randomBytes } from 'node:crypto';
import { chownSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encode, post, testApp } from '../testing/app.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { commandOn, databasesAt, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { smallDisk } from '../testing/small-disk.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { tokenSignIn } from '../sign-in/tokens.ts';
import { ALL, bearer } from '../testing/sign-in.ts';
import { ownerOf } from '../testing/local-postgres.ts';
import { schemaOn } from '../testing/postgres-ledgers.ts';
import { doorOf } from './door.ts';
import type { Keeper } from './keeper.ts';
import { connectPostgres } from './postgres.ts';

const AUDIENCE = { audience: 'sama', tenant: 'default' };

/** Gives commands and asks over HTTP. */
function over(keeper: Keeper) {
  const { app } = testApp({
    engine: keeper.engine(new ScriptedEngine()),
    ledger: doorOf(keeper),
    signIn: developmentSignIn(SERVO),
  });
  const said = async (response: Response): Promise<[number, string]> => [response.status, await response.text()];
  return {
    note: async (command: unknown) => said(await app.request('/v1/commands', post(command))),
    forget: async () => said(await app.request('/v1/persons/p-H1', { method: 'DELETE' })),
    ask: async () => said(await app.request(`/v1/query?q=${encode({ kind: 'handoffs', view: 'all' })}`)),
  };
}

test('on a full disk and on one that can only be read, commands say so and questions are answered', async ({
  skip,
}) => {
  const folder = await temporaryFolder();
  const disk = smallDisk(folder) ?? skip('only who may mount a disk can try it');
  onTestFinished(() => disk.close());
  const first = await openTestKeeper(folder);
  await offer(first, 'H1');
  const full = over(first);
  disk.fill();
  // What the file has room for already may still be kept.
  let [refused, text] = [0, ''];
  let waiting = commandOn('H1', 'note', { text: 'x'.repeat(2000) }, 2);
  for (let version = 2; refused !== 503 && version < 3000; version += 1) {
    waiting = commandOn('H1', 'note', { text: 'x'.repeat(2000) }, version);
    [refused, text] = await full.note(waiting);
  }
  expect([refused, text]).toEqual([503, expect.stringContaining('the disk of the ledger is full; make room on it')]);
  expect(text).toContain('did not happen');
  const { version } = first;
  expect(await full.ask()).toEqual([200, expect.stringContaining('"id":"H1"')]);
  disk.free();
  expect((await full.note(waiting))[0]).toBe(200);
  expect(first.version).toBe(version + 1);
  await first.close();

  disk.lock();
  const second = await openTestKeeper(folder);
  const locked = over(second);
  const command = commandOn('H1', 'note', { text: 'called' }, waiting.expectedVersion + 1);
  expect(await locked.note(command)).toEqual([503, expect.stringContaining('can only be read; make it writable')]);
  expect(await locked.forget()).toEqual([503, expect.stringContaining('can only be read; make it writable')]);
  expect(await locked.ask()).toEqual([200, expect.stringContaining('"id":"H1"')]);
  expect(second.version).toBe(version + 1);
  await second.close();
  disk.unlock();
  const third = await openTestKeeper(folder);
  expect((await over(third).note(command))[0]).toBe(200);
  await third.close();
});

const url = process.env['DATABASE_URL'];

/** An address whose connections have a setting of their own. */
function setTo(at: string, setting: string): string {
  const address = new URL(at);
  address.searchParams.set('options', `${address.searchParams.get('options') ?? ''} -c ${setting}`);
  return address.href;
}

describe.runIf(url !== undefined)('PostgreSQL', () => {
  test('that can only be read says so, to commands and to those who make tokens, and is read', async () => {
    const { at, drop } = await schemaOn(url ?? '');
    onTestFinished(drop);
    const before = await openTestKeeper(at);
    await offer(before, 'H1');
    await before.close();
    const keys = await Keyring.open(databasesAt(at));
    const { key, secret } = await keys.add('host', 'issue', ALL);
    const { token } = await tokenSignIn(keys, AUDIENCE).issuer(`Bearer ${secret}`)({
      v: 1,
      sub: 'dana',
      scopes: ['*'],
    });
    await keys.close();
    const locked = setTo(at, 'default_transaction_read_only=on');
    const keeper = await openTestKeeper(locked);
    expect(await over(keeper).note(commandOn('H1', 'note', { text: 'called' }, 2))).toEqual([
      503,
      expect.stringContaining('can only be read; make it writable'),
    ]);
    expect(await over(keeper).forget()).toEqual([503, expect.stringContaining('can only be read')]);
    expect(await over(keeper).ask()).toEqual([200, expect.stringContaining('"id":"H1"')]);
    const keyring = await Keyring.open(databasesAt(locked));
    const { app } = testApp({ signIn: tokenSignIn(keyring, AUDIENCE) });
    expect((await app.request('/v1/meta', { headers: bearer(token) })).status).toBe(200);
    const refused = await app.request('/v1/tokens', post({ v: 1, sub: 'dana' }, bearer(secret)));
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('The disk of the keys can only be read; make it writable. Nothing was kept'),
    ]);
    await expect(keyring.revokeKey(key.id)).rejects.toThrow('can only be read');
    await keyring.close();
    await keeper.close();
  });

  test('whose disk is full says so, is read, and goes on when there is room', async ({ skip }) => {
    const folder = await temporaryFolder();
    const disk = smallDisk(folder) ?? skip('only who may mount a disk can try it');
    const admin = connectPostgres(url ?? '', () => undefined);
    const { schema, at, drop } = await schemaOn(url ?? '');
    onTestFinished(async () => {
      await drop();
      await admin.query(`DROP TABLESPACE IF EXISTS ${schema}`);
      await admin.close();
      disk.close();
    });
    const { uid, gid } = ownerOf('postgres');
    chownSync(folder, uid, gid);
    try {
      await admin.query(`CREATE TABLESPACE ${schema} LOCATION '${folder}'`);
    } catch {
      skip('the server of DATABASE_URL is another machine, or of another user');
    }
    const place = setTo(at, `default_tablespace=${schema}`);
    const keeper = await openTestKeeper(place);
    await offer(keeper, 'H1');
    disk.fill();
    let [status, text] = [0, ''];
    let waiting = commandOn('H1', 'note', { text: 'x' }, 2);
    for (let version = 2; status !== 503 && version < 3000; version += 1) {
      waiting = commandOn('H1', 'note', { text: randomBytes(1500).toString('base64').slice(0, 1990) }, version);
      [status, text] = await over(keeper).note(waiting);
    }
    expect([status, text]).toEqual([503, expect.stringContaining('the disk of the ledger is full; make room on it')]);
    const { version } = keeper;
    expect(await over(keeper).ask()).toEqual([200, expect.stringContaining('"id":"H1"')]);
    disk.free();
    expect((await over(keeper).note(waiting))[0]).toBe(200);
    expect(keeper.version).toBe(version + 1);
    await keeper.close();
  });
});
