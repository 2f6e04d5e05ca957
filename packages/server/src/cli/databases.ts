import { existsSync } from 'node:fs';
import { causeOf } from '../doctor/finding.ts';
import { connectPostgres, type Postgres } from '../ledger/index.ts';
import { isAway } from '../tables/errors.ts';
import { postgresDatabases } from '../tables/postgres-tables.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';
import type { Databases } from '../tables/tables.ts';

/** Names the PostgreSQL that several servers share. In the environment, since it holds a password. */
export const LEDGER_URL = 'SAMA_LEDGER_URL';

/** The address of the PostgreSQL that is shared; undefined where nothing is. @throws Error for what is no address. */
export function sharedAddress(): string | undefined {
  const url = process.env[LEDGER_URL] ?? '';
  if (url === '') return undefined;
  if (!/^postgres(ql)?:\/\/[^/]/.test(url))
    throw new Error(`${LEDGER_URL} is not an address such as postgresql://user:password@host:5432/database`);
  return url;
}

/** Where keys, notices and snapshots are. */
export interface OpenDatabases {
  databases: Databases;
  /** What several servers share; absent where they are in the store's folder. */
  shared?: Postgres;
  close(): Promise<void>;
}

/** What is said when something of the shared PostgreSQL cannot be opened. */
export function unopened(holds: string, error: unknown): Error {
  const why = causeOf(error);
  const remedy = isAway(error) ? ' See that PostgreSQL runs and that the address is right; sama doctor says more.' : '';
  return new Error(`${LEDGER_URL}: the ${holds} cannot be opened: ${why.replace(/\.?$/, '.')}${remedy}`, {
    cause: error,
  });
}

/** The databases of a store's folder, or those that several servers share. */
export function openDatabases(folder: string, log: (error: unknown) => void): OpenDatabases {
  const url = sharedAddress();
  if (url === undefined) return { databases: fileDatabases(folder), close: async () => undefined };
  const postgres = connectPostgres(url, log);
  const inner = postgresDatabases(postgres, log);
  const databases: Databases = {
    open: (plan) =>
      inner.open(plan).catch((error: unknown) => {
        throw unopened(plan.holds, error);
      }),
  };
  return { databases, shared: postgres, close: () => postgres.close() };
}

/**
 * Works with the databases of a folder and closes them.
 *
 * @throws Error where there is no such folder, unless it may be `made`: what is looked for is in another one.
 */
export async function withDatabases<T>(
  folder: string,
  log: (error: unknown) => void,
  work: (databases: Databases) => Promise<T>,
  made = false,
): Promise<T> {
  if (!made && sharedAddress() === undefined && !existsSync(folder))
    throw new Error(`There is no folder ${folder}. Name the one the server runs on: --store.`);
  const open = openDatabases(folder, log);
  try {
    return await work(open.databases);
  } finally {
    await open.close();
  }
}
