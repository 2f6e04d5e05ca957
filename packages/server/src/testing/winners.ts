import type { Command } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import type { HandoffActor } from '@sama/metrics/handoff';
import { createApp } from '../http/app.ts';
import { listen } from '../http/listen.ts';
import { doorOf, Keeper } from '../ledger/index.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { issueFor, tokenSignIn } from '../sign-in/tokens.ts';
import { ELEMENTS } from './app.ts';
import { testDesk } from './desk.ts';
import { databasesAt, shelfAt } from './ledgers.ts';

const AUDIENCE = { audience: 'sama', tenant: 'default' };
const MARKETER: HandoffActor = { id: 'mara', name: 'Mara', team: 'marketing', role: 'marketing' };

/** How often each status was answered, and in how many rounds there was not exactly one winner. */
export interface WinnerFigures {
  rounds: number;
  statuses: Record<number, number>;
  wrong: number;
}

/** A race: rounds, sellers in each, and the servers they ask in turn, all of one ledger. */
export interface Race {
  rounds: number;
  sellers: number;
  servers: number;
}

/**
 * Lets so many sellers accept one hand-off at once over HTTP, each with a token of their own, again and again.
 *
 * @param place of the ledger and of the keys, which each server opens for itself.
 */
export async function winners(place: string, { rounds, sellers, servers: count }: Race): Promise<WinnerFigures> {
  const ids = Array.from({ length: sellers }, (_, i) => `seller-${i}`);
  const staff = { sellers: ids.map((id) => ({ id })), pools: [{ id: 'all', sellers: ids.map((id) => ({ id })) }] };
  const keyring = await Keyring.open(databasesAt(place));
  const { key } = await keyring.add('host', 'issue', { scopes: ['handoffs'], caps: ['act'], origins: [], suppress: 0 });
  const tokens = await Promise.all(
    ids.map((sub) =>
      issueFor(keyring, key, { v: 1, sub, team: 'sales', role: 'seller', caps: ['act'], seconds: 600 }, AUDIENCE),
    ),
  );
  const start = async () => {
    const keeper = await Keeper.open(await shelfAt(place), { setup: { staff }, log: console.error });
    const keys = await Keyring.open(databasesAt(place));
    const app = createApp({
      ...testDesk(),
      ledger: doorOf(keeper),
      signIn: tokenSignIn(keys, AUDIENCE),
      dataThrough: () => undefined,
      version: '0.1.0',
      origins: [],
      elements: ELEMENTS,
    });
    return { keeper, keys, server: await listen(app.fetch, 0) };
  };
  const first = await start();
  const servers = [first];
  while (servers.length < count) servers.push(await start());
  const figures: WinnerFigures = { rounds, statuses: {}, wrong: 0 };
  const commandOf = (id: string, type: string, payload: Command['payload'], expectedVersion: number): Command => ({
    v: 1,
    commandId: crypto.randomUUID(),
    target: id,
    type: `handoff.${type}`,
    payload,
    expectedVersion,
  });
  const { keeper } = first;
  const prepare = (command: Command) => keeper.command(command, MARKETER, OWNER_RIGHTS, { timeZone: 'UTC' });
  for (let round = 0; round < rounds; round += 1) {
    const id = `H${round}`;
    await prepare(commandOf(id, 'draft', { personId: `p${round}` }, 0));
    await keeper.keepLead({ id: `p${round}`, name: 'Cam Demoson', attributes: {} });
    await prepare(commandOf(id, 'offer', { pool: 'all' }, 1));
    const statuses = await Promise.all(
      tokens.map(async ({ token }, i) => {
        const { port } = (servers[i % servers.length] ?? first).server;
        const response = await fetch(`http://127.0.0.1:${port}/v1/commands`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(commandOf(id, 'accept', {}, 2)),
        });
        await response.text();
        return response.status;
      }),
    );
    for (const status of statuses) figures.statuses[status] = (figures.statuses[status] ?? 0) + 1;
    const won = statuses.filter((status) => status === 200).length;
    const lost = statuses.filter((status) => status === 409).length;
    if (won !== 1 || lost !== sellers - 1) figures.wrong += 1;
  }
  for (const one of servers) {
    await one.server.close(0);
    await one.keeper.close();
    await one.keys.close();
  }
  await keyring.close();
  return figures;
}
