import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, LeadCard } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import type { HandoffActor } from '@sama/metrics/handoff';
import { main } from '../cli/main.ts';
import { Keeper, SqliteShelf } from '../ledger/index.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { issueFor } from '../sign-in/tokens.ts';
import { served } from './served.ts';
import { recordedTerminal } from './terminal.ts';

const AUDIENCE = { audience: 'sama', tenant: 'default' };
const MARKETER: HandoffActor = { id: 'mara', name: 'Mara', team: 'marketing', role: 'marketing' };
const SELLERS = Array.from({ length: 50 }, (_, i) => `seller-${i}`);
const FIGURES_TOKEN = 'figures-of-the-load';

/** A server under load: `sama serve` in a process of its own, with sign-in, log and figures as in a company. */
export interface LoadedServer {
  url: URL;
  /** One token for each seller, and how to make them anew before they expire. */
  tokens(): Promise<string[]>;
  /** Ids of hand-offs that wait to be accepted, at version 2. */
  offers: string[];
  /** The server's memory now, in bytes: of the process, and of the heap in use; and the seconds its processors worked. */
  memory(): Promise<{ resident: number; heap: number; worked: number }>;
  close(): Promise<void>;
}

export const commandOf = (
  target: string,
  type: string,
  payload: Command['payload'],
  expectedVersion: number,
): Command => ({
  v: 1,
  commandId: crypto.randomUUID(),
  target,
  type: `handoff.${type}`,
  payload,
  expectedVersion,
});

/** Starts a server in a new folder, over a made-up company of so many persons, with so many hand-offs that wait. */
export async function loadedServer(folder: string, persons: number, offers: number): Promise<LoadedServer> {
  const store = join(folder, 'store');
  const terminal = recordedTerminal();
  if ((await main(['demo', '--persons', String(persons), '--store', store], terminal)) !== 0)
    throw new Error(terminal.written.err);
  await rm(join(store, 'ledger.sqlite'));
  const staff = {
    sellers: SELLERS.map((id) => ({ id })),
    pools: [{ id: 'all', sellers: SELLERS.map((id) => ({ id })) }],
  };
  const config = join(folder, 'sama.config.json');
  const operations = { requestsPerMinute: 1_000_000 };
  await writeFile(config, JSON.stringify({ handoffs: { staff }, operations }));
  const ids = await offered(store, staff, offers);
  const keyring = await Keyring.open(store);
  const { key } = await keyring.add('load', 'issue', { scopes: ['*'], caps: ['act'], origins: [], suppress: 0 });
  const child = await served(['--no-clocks', '--store', store, '--config', config], {
    SAMA_METRICS_TOKEN: FIGURES_TOKEN,
    SAMA_LOG: 'info',
  });
  const url = new URL(child.address);
  const memory = async () => {
    const response = await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${FIGURES_TOKEN}` } });
    const text = await response.text();
    const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return {
      resident: figure('process_resident_memory_bytes'),
      heap: figure('nodejs_heap_size_used_bytes'),
      worked: figure('process_cpu_seconds_total'),
    };
  };
  return {
    url,
    offers: ids,
    memory,
    tokens: () =>
      Promise.all(
        SELLERS.map(async (sub) => {
          const wish = { v: 1, sub, name: sub, team: 'sales', role: 'seller', caps: ['act'], seconds: 600 } as const;
          return (await issueFor(keyring, key, { ...wish, caps: ['act'] }, AUDIENCE)).token;
        }),
      ),
    close: async () => {
      await child.stop();
      await keyring.close();
    },
  };
}

async function offered(
  store: string,
  staff: { sellers: { id: string }[]; pools: { id: string; sellers: { id: string }[] }[] },
  count: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `H${i}`);
  const shelf = await SqliteShelf.open(store);
  // At once: each alone would wait for the disk.
  await shelf.keep(
    ids.map((id) => ({
      person: `p-${id}`,
      card: JSON.stringify({ id: `p-${id}`, name: 'Cam Demoson', attributes: {} } satisfies LeadCard),
    })),
  );
  const keeper = await Keeper.open(shelf, { setup: { staff }, log: console.error });
  const give = (command: Command) => keeper.command(command, MARKETER, OWNER_RIGHTS, { timeZone: 'UTC' });
  const prepare = async (id: string): Promise<void> => {
    await give(commandOf(id, 'draft', { personId: `p-${id}` }, 0));
    const { status, message } = await give(commandOf(id, 'offer', { pool: 'all' }, 1));
    if (status !== 'done') throw new Error(message ?? status);
  };
  for (let i = 0; i < ids.length; i += 200) await Promise.all(ids.slice(i, i + 200).map(prepare));
  await keeper.close();
  return ids;
}
