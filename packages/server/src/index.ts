export { createDuckDbEngine, type DuckDbEngineOptions } from './engine/duckdb.ts';
export * from './http/index.ts';
export { openStore, StoreError, type Store, type StoreOptions } from './store/index.ts';
export * from './sign-in/index.ts';
export { Snapshots } from './snapshots/store.ts';
