import { expect, onTestFinished, test } from 'vitest';
import { encode, post, testApp } from '../testing/app.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { commandOn, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { smallDisk } from '../testing/small-disk.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { doorOf } from './door.ts';
import type { Keeper } from './keeper.ts';

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
