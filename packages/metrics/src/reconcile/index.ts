export * from './contracts.ts';
export { fromRecords } from './from-records.ts';
export { fromEngine, fromSource, type Asker, type Reader } from './reader.ts';
export { reconcile } from './reconcile.ts';
export { reconcileRecords, type RecordOptions } from './records.ts';
export * from './reports.ts';
export { reconcileText } from './text.ts';
