export { Keeper, type KeeperSetup } from './keeper.ts';
export { LedgerError } from './ledger.ts';
export { PostgresShelf } from './postgres-shelf.ts';
export { connectPostgres, type Postgres } from './postgres.ts';
export type { Shelf } from './shelf.ts';
export { SqliteShelf } from './sqlite-shelf.ts';
