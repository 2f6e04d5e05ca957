export type { RecordChunk } from './chunks.ts';
export { StoreError } from './errors.ts';
export type { AfterBuild } from './generation.ts';
export { BatchInfo } from './layers.ts';
export {
  StoreReader,
  type CurrentGeneration,
  type ReaderOptions,
  type ReadOptions,
  type ReadSession,
} from './reader.ts';
export type { Param, Params } from './rows.ts';
export {
  openStore,
  Store,
  type AddedLayer,
  type LayerContent,
  type LayerDraft,
  type NewBatch,
  type StoreOptions,
} from './store.ts';
