export { readSecrets } from './secrets.ts';
export { openSource, openWriteBack, SOURCES, type SourceName } from './sources.ts';
export type { SyncProgress } from './options.ts';
export { syncConnector, type StreamReport, type SyncReport } from './sync.ts';
export { writeDecisions, type WriteBackReport } from './write-back.ts';
