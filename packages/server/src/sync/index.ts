export { readSecrets } from './secrets.ts';
export { openSource, SOURCES, type SourceName } from './sources.ts';
export { syncConnector, type StreamReport, type SyncProgress, type SyncReport } from './sync.ts';
