import { demoDesk } from '@sama/demo';
import type { Command } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import type { HandoffActor } from '@sama/metrics/handoff';
import { connectPostgres, Keeper, PostgresShelf, type Shelf, SqliteShelf } from '../ledger/index.ts';
import { postgresDatabases } from '../tables/postgres-tables.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';
import type { Databases } from '../tables/tables.ts';

const { staff, policy, calendars, glossary, readers } = demoDesk({ persons: 100, handoffs: 1 });

export const { seller: SERVO, marketer: MARKETER } = readers;
/** A second seller of the same pool. */
export const COG: HandoffActor = { id: 'cog-beispiel', name: 'Cog Beispiel', team: 'sales', role: 'seller' };

/** What a ledger of the made-up company stands on. */
export const testSetup = { staff, policy, calendars, glossary };

/** The ledger of a folder, or of the PostgreSQL at an address. */
export const shelfAt = (place: string): Promise<Shelf> =>
  place.startsWith('postgresql:')
    ? PostgresShelf.open(connectPostgres(place, () => undefined))
    : SqliteShelf.open(place);

/** Keys, notices and snapshots of a folder, or of the PostgreSQL at an address. */
export const databasesAt = (place: string): Databases => {
  if (!place.startsWith('postgresql:')) return fileDatabases(place);
  const log = (): undefined => undefined;
  return postgresDatabases(connectPostgres(place, log), log);
};

/** Opens a ledger, that of a place or another, for the staff of the made-up company. */
export const openTestKeeper = async (place: string | Shelf, logged: unknown[] = []): Promise<Keeper> =>
  Keeper.open(typeof place === 'string' ? await shelfAt(place) : place, {
    setup: testSetup,
    log: (error) => logged.push(error),
  });

let commands = 0;

/** A command on a hand-off. */
export function commandOn(target: string, type: string, payload: Command['payload'], expectedVersion: number): Command {
  commands += 1;
  return { v: 1, commandId: `${process.pid}-${commands}`, expectedVersion, target, type: `handoff.${type}`, payload };
}

/** Gives a command with every right. */
export const give = (keeper: Keeper, by: HandoffActor, command: Command) =>
  keeper.command(command, by, OWNER_RIGHTS, { timeZone: 'UTC' });

/** A hand-off that both sellers may accept, at version 2. */
export async function offer(keeper: Keeper, id: string): Promise<void> {
  await give(keeper, MARKETER, commandOn(id, 'draft', { personId: `p-${id}` }, 0));
  // The demo company asks for nothing of a lead, but for a card.
  await keeper.keepLead({ id: `p-${id}`, name: 'Cam Demoson', attributes: {} });
  const { status, message } = await give(keeper, MARKETER, commandOn(id, 'offer', { pool: 'pool-dach' }, 1));
  if (status !== 'done') throw new Error(message ?? status);
}
