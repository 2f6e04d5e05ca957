export type { SamaConfig } from './config/config.ts';
export { createDuckDbEngine, type DuckDbEngineOptions } from './engine/duckdb.ts';
export type { SqlEngineOptions } from './engine/sql-engine.ts';
export * from './http/index.ts';
export { openStore, StoreError, type Store, type StoreOptions } from './store/index.ts';
export * from './sign-in/index.ts';
export { Snapshots } from './snapshots/store.ts';
