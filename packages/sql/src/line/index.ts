export { before, DATE_ONLY_DAYS, dayBounds, DAYS_TABLE, notFuture } from './events.ts';
export type { Histories, HistoryEntry } from './histories.ts';
export { lineTables, type LineTables } from './names.ts';
export { freshLine, keepLine, keptLine, type Keeping, type LineSource, type Table } from './source.ts';
