export { Keeper, type KeeperSetup } from './keeper.ts';
export { LedgerError } from './ledger.ts';
