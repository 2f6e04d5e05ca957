export type { RecordChunk } from './chunks.ts';
export { StoreError } from './errors.ts';
export type { BatchInfo } from './layers.ts';
export { GENERATION, type Laid, type Overlay } from './overlay.ts';
export type { ReadSession } from './reader.ts';
export {
  openStore,
  type LayerContent,
  type LayerDraft,
  type NewBatch,
  type Store,
  type StoreOptions,
} from './store.ts';
