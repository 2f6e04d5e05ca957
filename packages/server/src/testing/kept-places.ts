import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Postgres } from '../ledger/index.ts';
import { postgresDatabases } from '../tables/postgres-tables.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';
import type { Databases, Plan } from '../tables/tables.ts';
import { inProcess, onServer } from './postgres-ledgers.ts';

/** Where keys, notices and snapshots are kept; each opening stands for a server, or a command, of its own. */
export interface KeptPlace {
  /** @param version of the tables, as an older Sama knew them. Default: as they are. */
  databases(version?: number): Databases;
  /** Leaves nothing there. Nothing may be open. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The plan of a Sama that knew the tables up to a version. */
const upTo = (plan: Plan, version: number): Plan => ({
  ...plan,
  file: plan.file.slice(0, version),
  shared: plan.shared.slice(0, version),
});

const older = (databases: Databases, version: number | undefined): Databases =>
  version === undefined ? databases : { open: (plan) => databases.open(upTo(plan, version)) };

async function inFolder(): Promise<KeptPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'sama-kept-'));
  const empty = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { databases: (version) => older(fileDatabases(folder), version), empty, close: empty };
}

async function inPostgres(place: { postgres(): Postgres; close(): Promise<void> }): Promise<KeptPlace> {
  const opened: Postgres[] = [];
  const server = (): Postgres => {
    const postgres = place.postgres();
    opened.push(postgres);
    return postgres;
  };
  return {
    databases: (version) =>
      older(
        postgresDatabases(server(), () => undefined),
        version,
      ),
    empty: async () => {
      const { query } = server();
      for (const { tablename } of await query('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()'))
        await query(`DROP TABLE ${String(tablename)}`);
    },
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await place.close();
    },
  };
}

const url = process.env['DATABASE_URL'];

/** All there are: a folder, a PostgreSQL in this process, and the server of DATABASE_URL where there is one. */
export const keptPlaces: readonly { name: string; isShared: boolean; open: () => Promise<KeptPlace> }[] = [
  { name: 'a folder', isShared: false, open: inFolder },
  { name: 'a PostgreSQL in this process', isShared: true, open: async () => inPostgres(await inProcess()) },
  ...(url === undefined
    ? []
    : [{ name: 'the PostgreSQL of DATABASE_URL', isShared: true, open: async () => inPostgres(await onServer(url)) }]),
];
