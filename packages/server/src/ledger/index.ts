export { auditCsv } from './audit-csv.ts';
export { doorOf, type LedgerDoor } from './door.ts';
export { Keeper, type KeeperSetup } from './keeper.ts';
export { LEDGER_VERSION } from './database.ts';
export { eventOf, LedgerError } from './ledger.ts';
export { PostgresShelf, SHARED_VERSION } from './postgres-shelf.ts';
export { connectPostgres, type Postgres } from './postgres.ts';
export type { Shelf } from './shelf.ts';
export { SqliteShelf } from './sqlite-shelf.ts';
